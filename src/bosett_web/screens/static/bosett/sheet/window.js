// @ts-check
// What the sheet must know of the window and of paper, which no style can tell it.

/**
 * The heads stay under the tools as the page scrolls: how high the tools are is told to the style.
 *
 * @param {HTMLElement} bench
 */
export function stay(bench) {
  const tell = () => document.documentElement.style.setProperty("--bench", `${bench.offsetHeight}px`);
  new ResizeObserver(tell).observe(bench);
}

/**
 * A field is one line, and paper has room for what is written in it: the style prints it whole in place of the field.
 *
 * @param {HTMLTableElement} table
 */
export function print(table) {
  addEventListener("beforeprint", () => {
    const fields = /** @type {NodeListOf<HTMLInputElement>} */ (table.querySelectorAll(".cell:is(.text, .date)"));
    for (const { parentElement, value } of fields) {
      if (parentElement) parentElement.dataset.written = value.replace(/^(\d{4})-(\d\d)-(\d\d)$/, "$3.$2.$1");
    }
  });
  addEventListener("afterprint", () => {
    for (const cell of table.querySelectorAll("[data-written]")) cell.removeAttribute("data-written");
  });
}
