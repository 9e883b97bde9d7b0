// @ts-check
// Moving from cell to cell, and picking those between two of them.

/** @import { Cell } from "./cell.js" */
/** @import { Grid } from "./grid.js" */

export class Picker {
  /** @param {Grid} grid */
  constructor(grid) {
    this.grid = grid;
    /** @type {Cell | null} where the picking began */
    this.anchor = null;
    /** @type {Set<Cell>} */
    this.chosen = new Set();
    this.extending = false;
  }

  /**
   * Give where a cell stands among the rows and columns that are shown.
   *
   * @param {Cell} cell
   */
  place(cell) {
    const rows = this.grid.rows();
    const row = rows.indexOf(cell.row);
    return { rows, row, column: this.grid.line(rows[row]).indexOf(cell) };
  }

  /**
   * Give the cell at a place; beyond the last column it is the last.
   *
   * @param {readonly HTMLTableRowElement[]} rows
   * @param {number} row
   * @param {number} column
   */
  at(rows, row, column) {
    const cells = this.grid.line(rows[row]);
    return cells[Math.max(0, Math.min(column, cells.length - 1))];
  }

  /**
   * To a cell beside or below; picking, the cells between stay picked.
   *
   * @param {Cell} cell
   * @param {number} down
   * @param {number} across
   * @param {boolean} picking
   */
  go(cell, down, across, picking = false) {
    const { rows, row, column } = this.place(cell);
    const next = this.at(rows, row + down, column + across);
    if (!next || column + across < 0) return;
    if (picking) this.pick(cell, next);
    else next.input.focus();
    next.choose();
  }

  /**
   * Pick the cells between two; the first of them stays when the picking goes on.
   *
   * @param {Cell} from
   * @param {Cell} to
   */
  pick(from, to) {
    this.extending = true;
    this.anchor ??= from;
    to.input.focus();
    const { rows, ...one } = this.place(this.anchor);
    const other = this.place(to);
    this.clear();
    for (const row of span(one.row, other.row)) {
      for (const column of span(one.column, other.column)) {
        const cell = this.at(rows, row, column);
        if (cell) this.choose(cell);
      }
    }
    this.extending = false;
  }

  unpick() {
    this.anchor = null;
    this.clear();
  }

  /** @param {Cell} cell */
  choose(cell) {
    this.chosen.add(cell);
    cell.input.classList.add("picked");
  }

  clear() {
    for (const cell of this.chosen) cell.input.classList.remove("picked");
    this.chosen.clear();
  }

  // Those that are picked and shown, by row: what a filter has hidden since is not filled or emptied unseen.
  lines() {
    const lines = this.grid.rows().map((row) => this.grid.line(row).filter((cell) => this.chosen.has(cell)));
    return lines.filter((cells) => cells.length);
  }

  picked() {
    return this.lines().flat();
  }

  /** @param {MouseEvent} event */
  mouse(event) {
    const target = /** @type {Element} */ (event.target).closest?.(".cell");
    const to = target && this.grid.from(target);
    const from = this.grid.from(document.activeElement);
    if (!to || !from || !event.shiftKey) return this.unpick();
    event.preventDefault();
    this.pick(from, to);
  }

  /** @param {FocusEvent} event */
  focus(event) {
    const cell = this.grid.from(event.target);
    if (cell && !this.extending && !this.picked().includes(cell)) this.unpick();
  }
}

/**
 * Give the whole numbers from one to another, both with, whichever is less.
 *
 * @param {number} one
 * @param {number} other
 */
export function span(one, other) {
  const least = Math.min(one, other);
  return Array.from({ length: Math.abs(one - other) + 1 }, (_, at) => least + at);
}
