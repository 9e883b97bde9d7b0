// @ts-check
// Copying, pasting, filling and emptying: one act on many cells. What they are, the server reads.

/** @import { Cell } from "./cell.js" */
/** @import { Grid } from "./grid.js" */
/** @import { History } from "./history.js" */
/** @import { Picker } from "./picker.js" */
/** @import { Words } from "./words.js" */

import { byId } from "../page.js";
import { laid, tableOf, textOf } from "./clipboard_table.js";
import { fill } from "./words.js";

export class Clipboard {
  /**
   * @param {Grid} grid
   * @param {History} history
   * @param {Picker} picker
   * @param {Words} words
   */
  constructor(grid, history, picker, words) {
    this.grid = grid;
    this.history = history;
    this.picker = picker;
    this.words = words;
    this.rest = byId("pasted");
  }

  /** @param {ClipboardEvent} event */
  copy(event) {
    const lines = this.picker.lines();
    if (lines.flat().length < 2) return;
    event.preventDefault();
    event.clipboardData?.setData("text/plain", textOf(lines.map((line) => line.map((cell) => cell.told(cell.value)))));
  }

  /** @param {ClipboardEvent} event */
  paste(event) {
    const cell = this.grid.from(event.target);
    const text = event.clipboardData?.getData("text/plain");
    if (!cell || !text) return;
    const table = tableOf(text);
    if (takesAlone(cell) && isOneCell(table, text)) return;
    event.preventDefault();
    const { rows, row, column } = this.picker.place(cell);
    const targets = rows.slice(row).map((each) => this.grid.line(each).slice(column));
    const { cells, rows: below, columns } = laid(table, targets);
    this.write(cells);
    this.tellRest(below, columns);
  }

  /**
   * Tell how much of what was pasted found no row or no column in the sheet.
   *
   * @param {number} rows
   * @param {number} columns
   */
  tellRest(rows, columns) {
    const told = [];
    if (rows) told.push(fill(this.words.paste_rows, { count: rows }));
    if (columns) told.push(fill(this.words.paste_columns, { count: columns }));
    this.rest.textContent = told.join(" ");
  }

  /**
   * Fill what is picked from its first row; with nothing picked, a cell from the one above it.
   *
   * @param {Cell} cell
   */
  fillDown(cell) {
    const [first = [], ...rest] = this.picker.lines();
    if (first.length + rest.flat().length > 1) {
      this.write(rest.flatMap((line) => line.flatMap((each, at) => copied(first[at], each))));
      return;
    }
    const { rows, row, column } = this.picker.place(cell);
    if (row > 0) this.write(copied(this.picker.at(rows, row - 1, column), cell));
  }

  empty() {
    this.write(this.picker.picked().map((cell) => [cell, ""]));
  }

  /** @param {readonly (readonly [Cell, string])[]} cells */
  write(cells) {
    for (const [cell, text] of cells) cell.put(text);
    this.history.commit(cells.map(([cell]) => cell));
  }
}

/**
 * Give what is to be written when one cell is copied to another.
 *
 * @param {Cell | undefined} from
 * @param {Cell} to
 * @returns {[Cell, string][]}
 */
function copied(from, to) {
  return from ? [[to, from.value]] : [];
}

/**
 * A lone text goes where the caret stands, as in any field.
 *
 * @param {Cell} cell
 */
function takesAlone({ input }) {
  return input.tagName === "INPUT" && input.type !== "date";
}

/**
 * @param {readonly (readonly string[])[]} table
 * @param {string} text
 */
function isOneCell(table, text) {
  return table.length === 1 && table[0]?.length === 1 && table[0][0] === text.replace(/\r?\n$/, "");
}
