// @ts-check
// Why a number was proposed, told in a panel beside the table; on a narrow screen below the row.
// Without the script the link leads to a page that tells the same.

import { first, made } from "./page.js";

/** @param {HTMLElement} panel */
function start(panel) {
  const home = /** @type {HTMLElement} */ (panel.parentElement);
  const text = first(panel, "div");
  const { loading = "", failed = "" } = panel.dataset;
  const narrow = matchMedia("(max-width: 52rem)");
  /** @type {HTMLAnchorElement | null} */
  let opener = null;
  /** @type {AbortController | null} */
  let asking = null;

  home.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const link = /** @type {HTMLAnchorElement | null} */ (target.closest?.("a.why-number"));
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link === opener) close();
    else open(link);
  });
  first(panel, "button").addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && opener) close();
  });
  narrow.addEventListener("change", lay);
  for (const link of home.querySelectorAll("a.why-number")) link.setAttribute("aria-expanded", "false");

  function lay() {
    const focused = focusWithin();
    const below = narrow.matches ? opener?.closest("tr")?.lastElementChild : null;
    (below ?? home).append(panel);
    focused?.focus();
  }

  /** @param {HTMLAnchorElement} link */
  async function open(link) {
    opener?.setAttribute("aria-expanded", "false");
    opener = link;
    link.setAttribute("aria-expanded", "true");
    tell(loading);
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
      else tell(failed);
    } catch {
      if (opener === link) tell(failed);
    }
  }

  /** @param {string} words */
  function tell(words) {
    text.replaceChildren(made("p", words));
  }

  function close() {
    const link = opener;
    const within = focusWithin();
    opener = null;
    asking?.abort();
    lay();
    panel.hidden = true;
    link?.setAttribute("aria-expanded", "false");
    if (within) link?.focus();
  }

  function focusWithin() {
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    return panel.contains(focused) ? focused : null;
  }
}

/**
 * Copy a part of another page one level down: the page's own heading has headings below it already.
 *
 * @param {Element} node
 */
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
