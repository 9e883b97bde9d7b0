// @ts-check
// The help of the page in a dialog, by its link or the key ?. Without the script the link leads to a page that tells the same.
//
// A key that is a sign by itself can be switched off (WCAG 2.1.4): the switch stands where the help tells of the key.

import { made } from "./page.js";

const KEPT = "bosett-help-key";
const TYPING = "input, textarea, select, [contenteditable]";

/** @param {HTMLAnchorElement} link */
function start(link) {
  /** @type {HTMLDialogElement | null} */
  let dialog = null;

  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  addEventListener("keydown", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!isOn() || target.closest?.(TYPING) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    open();
  });

  async function open() {
    try {
      const answer = await fetch(link.href, { signal: AbortSignal.timeout(15000) });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const text = answer.ok ? page.getElementById("help-text") : null;
      if (!text) throw new Error(`no help at ${link.href}`);
      show(document.importNode(text, true));
    } catch {
      location.assign(link.href); // the page says what is wrong
    }
  }

  /** @param {HTMLElement} text */
  function show(text) {
    dialog ??= put();
    dialog.replaceChildren(closer(dialog), text);
    switches(dialog);
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
  }

  function put() {
    const box = document.createElement("dialog");
    box.className = "ds-dialog help-dialog";
    box.setAttribute("aria-labelledby", "help-title");
    box.setAttribute("closedby", "any");
    document.body.append(box);
    return box;
  }

  /** @param {HTMLDialogElement} of */
  function closer(of) {
    const { close = "" } = link.dataset;
    const button = made("button", close);
    button.type = "button";
    button.className = "ds-button help-close";
    button.setAttribute("data-variant", "tertiary");
    button.setAttribute("data-size", "sm");
    button.addEventListener("click", () => of.close());
    return button;
  }
}

function isOn() {
  return localStorage.getItem(KEPT) !== "off";
}

/** @param {ParentNode} within */
function switches(within) {
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (within.querySelectorAll(".key-switch"))) {
    const box = part.querySelector("input");
    if (!box) continue;
    box.checked = isOn();
    box.addEventListener("change", () => localStorage.setItem(KEPT, box.checked ? "on" : "off"));
    part.hidden = false;
  }
}

switches(document);
const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector("a[data-help]"));
if (link && !document.getElementById("help-text")) start(link);
