// @ts-check
// One letter after the other by the arrow keys; without this script the links beside do the same.

const FIELD = "input, textarea, select, [contenteditable]";
const WAYS = new Map([
  ["ArrowLeft", "prev"],
  ["ArrowRight", "next"],
]);

const hints = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".way .keys"));
for (const hint of hints) hint.hidden = !document.querySelector("[rel=next], [rel=prev]");

addEventListener("keydown", (event) => {
  const target = /** @type {Element} */ (event.target);
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || target.closest?.(FIELD)) return;
  const way = WAYS.get(event.key);
  const link = /** @type {HTMLElement | null} */ (way && document.querySelector(`[rel=${way}]`));
  if (!link) return;
  event.preventDefault();
  link.click();
});
