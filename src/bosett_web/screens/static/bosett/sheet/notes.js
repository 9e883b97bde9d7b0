// @ts-check
// What is told under a cell: what is wrong with it, which choice it waits for, that a reason is not printed.

/** @import { Cell } from "./cell.js" */
/** @import { Words } from "./words.js" */

import { made } from "../page.js";
import { fill } from "./words.js";

export class Notes {
  /** @param {Words} words */
  constructor(words) {
    this.words = words;
  }

  /**
   * Mark a cell, with why.
   *
   * @param {Cell} cell
   * @param {readonly (Node | string)[]} nodes
   */
  mark(cell, nodes) {
    this.clear(cell);
    const note = document.createElement("div");
    note.className = "ds-validation-message note";
    note.id = `e-${cell.key}`;
    note.append(...nodes);
    cell.input.setAttribute("aria-invalid", "true");
    cell.input.after(note);
    this.describe(cell);
  }

  /** @param {Cell} cell */
  clear(cell) {
    cell.input.removeAttribute("aria-invalid");
    document.getElementById(`e-${cell.key}`)?.remove();
    this.describe(cell);
  }

  /**
   * Tell what was pasted and not yet read, and cannot be shown in its cell.
   *
   * @param {Cell} cell
   * @param {string} text
   */
  waiting(cell, text) {
    if (cell.input.getAttribute("aria-invalid")) return;
    this.mark(cell, [fill(this.words.pasted, { text })]);
    cell.input.removeAttribute("aria-invalid");
  }

  /**
   * A reason left from an earlier number stays, greyed, with the word that it is not printed.
   *
   * @param {Cell} cell
   * @param {boolean} idle
   */
  idle(cell, idle) {
    const note = cell.box.querySelector(".idle-note");
    cell.box.classList.toggle("idle", idle);
    if (!idle) note?.remove();
    else if (!note) {
      const told = made("p", this.words.reason_idle);
      told.className = "idle-note";
      cell.input.after(told);
    }
    this.describe(cell);
  }

  /**
   * What stands below a field belongs to it: what is wrong with it first.
   *
   * @param {Cell} cell
   */
  describe({ key, input, box }) {
    const note = document.getElementById(`e-${key}`) ?? box.querySelector(".idle-note");
    if (note) note.id ||= `i-${key}`;
    const ids = [note?.id, document.getElementById(`n-${key}`)?.id].filter((id) => id);
    if (ids.length) input.setAttribute("aria-describedby", ids.join(" "));
    else input.removeAttribute("aria-describedby");
  }
}

/**
 * Make a button of a note.
 *
 * @param {string} text
 * @param {() => void} done
 */
export function button(text, done) {
  const element = made("button", text);
  element.type = "button";
  element.className = "ds-button";
  element.dataset.size = "sm";
  element.dataset.variant = "secondary";
  element.addEventListener("click", done);
  return element;
}
