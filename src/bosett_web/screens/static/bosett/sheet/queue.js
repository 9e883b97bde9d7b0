// @ts-check
// What is written and not yet known to be saved: which cells, from what, by which act, and what stood beside them.

/** @import { Act, By, Made, Sent, Side } from "./act.js" */
/** @import { Cell } from "./cell.js" */
/** @import { Grid } from "./grid.js" */
/** @import { Asked } from "./server.js" */

/**
 * An act that is taken back or done again says from what: it is of nothing else.
 *
 * @typedef {{ from?: Map<string, string>, act?: Act, side?: Side }} Writing
 * @typedef {[key: string, value: string, before: string, seen?: [key: string, value: string | null][]]} Line
 *   a cell as the browser keeps it
 */

export class Queue {
  /** @param {Grid} grid */
  constructor(grid) {
    this.grid = grid;
    /** @type {Map<string, string>} what the server held of a cell when it was written */
    this.pending = new Map();
    /** @type {Map<string, string | null>} beside such a cell and not written itself: what it showed then; null: it does not count */
    this.seen = new Map();
    /** @type {Map<string, By>} */
    this.acts = new Map();
    /** @type {Map<string, string>} what was sent and not answered: the server may hold it */
    this.unsure = new Map();
    /** @type {Set<string>} cells that did not stand: they wait until something is written in their row */
    this.faulty = new Set();
    /** @type {Map<string, Sent> | null} what is on its way */
    this.sent = null;
  }

  get size() {
    return this.pending.size;
  }

  /**
   * Note that a cell is written anew.
   *
   * @param {Cell} cell
   * @param {Writing} [writing]
   */
  write(cell, { from, act, side = "after" } = {}) {
    // A row is held against itself: with one cell written anew, the others that did not stand are tried again.
    for (const key of [...this.faulty]) if (this.grid.cell(key).code === cell.code) this.faulty.delete(key);
    if (act) this.acts.set(cell.key, { act, side });
    if (!this.pending.has(cell.key)) this.pending.set(cell.key, from?.get(cell.key) ?? cell.held);
  }

  /**
   * Note what stands beside a cell that was just written.
   *
   * @param {Cell} cell
   * @param {Writing} [writing]
   */
  see(cell, { from } = {}) {
    for (const each of this.grid.beside(cell)) {
      if (from) this.seen.set(each.key, null);
      else if (!this.seen.has(each.key)) this.seen.set(each.key, each.held);
    }
  }

  /**
   * A cell that is again what the server holds has nothing to send, save when something else may have reached it.
   *
   * @param {Cell} cell
   */
  settle({ key, value, held }) {
    if (value !== this.pending.get(key) || value !== held) return;
    if (this.sent?.has(key) || this.unsure.has(key)) return;
    this.pending.delete(key);
  }

  // What was seen beside a cell counts as long as something of its group waits.
  prune() {
    const groups = new Set([...this.pending.keys()].map((key) => this.grid.cell(key).group));
    for (const key of [...this.seen.keys()]) if (!groups.has(this.grid.cell(key).group)) this.seen.delete(key);
  }

  /**
   * Give what waits as the browser keeps it.
   *
   * @returns {Line[]}
   */
  lines() {
    return [...this.pending].map(([key, before]) => {
      const cell = this.grid.cell(key);
      const beside = this.grid.beside(cell).filter((each) => this.seen.has(each.key));
      return [key, cell.value, before, beside.map((each) => [each.key, this.seen.get(each.key) ?? null])];
    });
  }

  /**
   * Take up what the browser has kept; give how many cells that is.
   *
   * @param {readonly Line[]} lines
   */
  restore(lines) {
    let count = 0;
    for (const [key, value, before, seen] of lines) {
      const cell = this.grid.cells.get(key);
      if (!cell || cell.held === value) continue;
      this.grid.set(cell, value);
      this.pending.set(key, before);
      for (const [beside, was] of seen ?? []) this.seen.set(beside, was);
      count += 1;
    }
    this.prune();
    return count;
  }

  /**
   * Take all that can be sent now, unless something is on its way already; null when that is nothing.
   *
   * @param {(cell: Cell) => boolean} held - tells which cells wait for a choice between two values
   */
  take(held) {
    const cells = [...this.pending.keys()].map((key) => this.grid.cell(key));
    const ready = cells.filter((cell) => !this.faulty.has(cell.key) && !held(cell));
    if (this.sent || !ready.length) return null;
    this.sent = new Map(ready.map((cell) => [cell.key, { value: cell.value, by: this.acts.get(cell.key) }]));
    return this.sent;
  }

  // The line broke: what was sent may have come, or not.
  unanswered() {
    for (const [key, { value }] of this.sent ?? []) this.unsure.set(key, value);
    this.sent = null;
  }

  /**
   * Say cells to the server with what they were when they were written, and what stood beside them then.
   *
   * @param {Map<string, Sent>} sent
   * @returns {Asked[]}
   */
  asked(sent) {
    const cells = [];
    /** @type {Set<Cell>} */
    const beside = new Set();
    for (const [key, { value }] of sent) {
      const cell = this.grid.cell(key);
      const before = this.pending.get(key) ?? cell.held;
      const b = value === before ? (this.unsure.get(key) ?? before) : before;
      cells.push({ m: cell.code, f: cell.field, v: value, b });
      for (const each of this.grid.beside(cell)) if (!this.pending.has(each.key)) beside.add(each);
    }
    for (const { key, code, field } of beside) {
      const seen = this.seen.get(key) ?? null;
      if (seen !== null) cells.push({ m: code, f: field, b: seen });
    }
    return cells;
  }

  /**
   * A value came to stand as the server has read it. Tells whether that is all that was written in the cell.
   *
   * @param {Cell} cell
   * @param {string} value - what was sent
   * @param {string} now - what the server holds of it
   */
  stood(cell, value, now) {
    cell.held = now;
    // Written on while it was being sent: that is a new change, of what the server now holds.
    if (cell.value !== value) {
      this.pending.set(cell.key, now);
      return false;
    }
    this.pending.delete(cell.key);
    this.acts.delete(cell.key);
    return true;
  }

  /**
   * What followed from our own act is nobody else's: what was written or seen since then starts from it.
   *
   * @param {Made} made
   * @param {Map<string, Sent>} sent
   */
  rebase(made, sent) {
    for (const [code, fields] of Object.entries(made)) {
      for (const [field, [was, now]] of Object.entries(fields)) {
        const cell = this.grid.of(code, field);
        if (!cell) continue;
        if (this.seen.get(cell.key) === was) this.seen.set(cell.key, now);
        if (sent.has(cell.key) || this.pending.get(cell.key) !== was) continue;
        this.pending.set(cell.key, now);
        cell.held = now;
        this.settle(cell);
      }
    }
  }

  /**
   * Something in a municipality did not stand: its cells wait until one of them is written anew.
   *
   * @param {string} code
   */
  fault(code) {
    for (const key of this.pending.keys()) if (this.grid.cell(key).code === code) this.faulty.add(key);
  }
}
