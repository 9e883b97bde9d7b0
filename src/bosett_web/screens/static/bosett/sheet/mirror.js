// @ts-check
// Brings the page to what the server holds, save where the reader has written something of their own.

/** @import { Grid } from "./grid.js" */
/** @import { Notes } from "./notes.js" */
/** @import { Queue } from "./queue.js" */
/** @import { Row, Standing } from "./server.js" */

import { byId, fieldOf, first, made } from "../page.js";

export class Mirror {
  /**
   * @param {Grid} grid
   * @param {Queue} queue
   * @param {Notes} notes
   * @param {string} changed - the event that the page as it came was read at
   * @param {string} token - what the page's own forms are sent with
   */
  constructor(grid, queue, notes, changed, token) {
    this.grid = grid;
    this.queue = queue;
    this.notes = notes;
    this.changed = changed;
    this.token = token;
    this.moves = "";
  }

  /** @param {Standing} standing */
  show(standing) {
    this.changed = String(standing.changed);
    for (const [code, row] of Object.entries(standing.rows)) {
      this.fill(code, row);
      this.describe(code, row);
      this.grid.tell("row", { code, row });
    }
    this.grid.tell("told", null);
    if (standing.moves !== this.moves) {
      byId("moves").innerHTML = standing.moves.replaceAll("of-the-page", this.token);
      this.moves = standing.moves;
    }
    const undo = /** @type {HTMLFormElement} */ (byId("undo"));
    undo.hidden = !standing.undo;
    fieldOf(undo, "event").value = String(standing.undo ?? "");
  }

  /**
   * @param {string} code
   * @param {Row} row
   */
  fill(code, row) {
    for (const [field, value] of Object.entries(row.cells)) {
      const cell = this.grid.of(code, field);
      if (!cell || this.queue.pending.has(cell.key) || cell.held === value) continue;
      // The change event will ask, with what it was before: a clash is told.
      if (cell.input === document.activeElement && cell.input.value !== cell.held) continue;
      cell.held = value;
      this.grid.set(cell, value);
    }
  }

  /**
   * @param {string} code
   * @param {Row} row
   */
  describe(code, row) {
    const line = byId(`row-${code}`);
    const list = first(line, ".flags");
    if ([...list.children].map((each) => each.textContent).join("\n") !== row.flags.join("\n")) {
      list.replaceChildren(...row.flags.map((flag) => made("li", flag)));
    }
    line.toggleAttribute("data-unreasoned", row.unreasoned);
    line.toggleAttribute("data-departs", row.departs);
    const reason = this.grid.of(code, "reason");
    if (reason) this.notes.idle(reason, row.idle);
  }
}
