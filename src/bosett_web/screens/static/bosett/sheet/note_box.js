// @ts-check
// The notes at cells: a box under the cell, in which one is written; what is noted is marked in the cell's corner.

/** @import { Cell } from "./cell.js" */
/** @import { Grid } from "./grid.js" */
/** @import { History } from "./history.js" */

import { byId, first, made } from "../page.js";

export class NoteBox {
  /**
   * @param {Grid} grid
   * @param {History} history
   */
  constructor(grid, history) {
    this.grid = grid;
    this.history = history;
    this.box = byId("note-box");
    this.text = /** @type {HTMLTextAreaElement} */ (first(this.box, "textarea"));
    /** @type {Cell | null} the cell that is written at */
    this.at = null;
    /** @type {Cell | null} the cell that was last gone to */
    this.last = null;
    grid.on("changed", (cell) => this.mark(cell));
    grid.body.addEventListener("focusin", ({ target }) => {
      this.last = grid.from(target) ?? this.last;
    });
    grid.body.addEventListener("keydown", (event) => {
      const cell = grid.from(event.target);
      if (event.key === "F2" && event.shiftKey && cell && this.open(cell)) event.preventDefault();
    });
    byId("write-note").addEventListener("click", () => this.open(this.last?.visible ? this.last : this.begin()));
    this.text.addEventListener("keydown", (event) => this.press(event));
    this.text.addEventListener("blur", () => this.close(true));
  }

  // The first number, when none has been gone to.
  begin() {
    const [row] = this.grid.rows();
    return row && (this.grid.of(String(row.dataset.code), "number") ?? null);
  }

  /**
   * Open the box at a cell, or at the number of its row when the cell itself has no notes; tell whether it could.
   *
   * @param {Cell | null | undefined} cell
   */
  open(cell) {
    const at = cell && (this.grid.noteAt(cell) ? cell : this.grid.of(cell.code, "number"));
    const note = at && this.grid.noteAt(at);
    if (!note) return false;
    this.at = at;
    this.text.value = note.value;
    at.box.append(this.box);
    this.box.hidden = false;
    this.text.setAttribute("aria-label", `${first(this.box, "label").textContent}: ${at.input.ariaLabel}`);
    this.text.focus();
    return true;
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    event.stopPropagation();
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    const { at } = this;
    this.close(event.key === "Enter");
    at?.input.focus();
  }

  /** @param {boolean} saving */
  close(saving) {
    const note = this.at && this.grid.noteAt(this.at);
    this.at = null;
    this.box.hidden = true;
    if (!note || !saving) return;
    note.put(this.text.value.replace(/\s*\n\s*/g, " ").trim());
    this.history.commit([note]);
  }

  /**
   * Mark a cell at which something is noted, and let it be heard there.
   *
   * @param {Cell} note
   */
  mark({ box, input, value }) {
    if (input.type !== "hidden") return;
    const field = /** @type {HTMLElement} */ (first(box, '.cell:not([type="hidden"])'));
    const id = `n-${field.getAttribute("name")}`;
    box.toggleAttribute("data-noted", value !== "");
    box.title = value;
    document.getElementById(id)?.remove();
    const described = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((each) => each && each !== id);
    if (value) {
      const told = made("span", value);
      told.className = "unseen";
      told.id = id;
      input.after(told);
      described.push(id);
    }
    if (described.length) field.setAttribute("aria-describedby", described.join(" "));
    else field.removeAttribute("aria-describedby");
  }
}
