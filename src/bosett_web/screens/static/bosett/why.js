// Why a number was proposed, told in a panel beside the table; on a narrow screen below the row.
// Without the script the link leads to a page that tells the same.

function start(panel) {
  const home = panel.parentElement;
  const text = panel.querySelector("div");
  const narrow = matchMedia("(max-width: 52rem)");
  let opener = null;
  let asking = null;

  home.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.why-number");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link === opener) close();
    else open(link);
  });
  panel.querySelector("button").addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && opener) close();
  });
  narrow.addEventListener("change", lay);
  for (const link of home.querySelectorAll("a.why-number")) link.setAttribute("aria-expanded", "false");

  function lay() {
    const focused = panel.contains(document.activeElement) ? document.activeElement : null;
    if (opener && narrow.matches) opener.closest("tr").lastElementChild.append(panel);
    else home.append(panel);
    focused?.focus();
  }

  async function open(link) {
    opener?.setAttribute("aria-expanded", "false");
    opener = link;
    link.setAttribute("aria-expanded", "true");
    tell(panel.dataset.loading);
    panel.hidden = false;
    lay();
    panel.focus();
    asking?.abort();
    asking = new AbortController();
    try {
      const signal = AbortSignal.any([asking.signal, AbortSignal.timeout(15000)]);
      const answer = await fetch(link.href, { signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const told = page.getElementById("why-text");
      if (opener !== link) return;
      if (told) text.replaceChildren(...[...told.children].map(lowered));
      else tell(panel.dataset.failed);
    } catch {
      if (opener === link) tell(panel.dataset.failed);
    }
  }

  function tell(words) {
    text.replaceChildren(Object.assign(document.createElement("p"), { textContent: words }));
  }

  function close() {
    const link = opener;
    const within = panel.contains(document.activeElement);
    opener = null;
    asking?.abort();
    lay();
    panel.hidden = true;
    link?.setAttribute("aria-expanded", "false");
    if (within) link?.focus();
  }
}

// The page's own heading has headings below it already.
function lowered(node) {
  const level = /^H([1-5])$/.exec(node.tagName)?.[1];
  if (!level) return document.importNode(node, true);
  const head = document.createElement(`h${Number(level) + 1}`);
  for (const { name, value } of node.attributes) head.setAttribute(name, value);
  head.append(...node.childNodes);
  return head;
}

const panel = document.getElementById("why");
if (panel) start(panel);
