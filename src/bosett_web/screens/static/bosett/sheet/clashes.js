// @ts-check
// Cells that hold what somebody else has written: each waits, with what goes together with it, until one is chosen.

/** @import { Cell } from "./cell.js" */
/** @import { Grid } from "./grid.js" */
/** @import { Notes } from "./notes.js" */
/** @import { Queue } from "./queue.js" */
/** @import { Clash as Told } from "./server.js" */
/** @import { Words } from "./words.js" */

import { made } from "../page.js";
import { button } from "./notes.js";

/**
 * @typedef {{ before?: string | undefined, theirs: string, mine?: string | undefined }} Sides
 * @typedef {{ group: string, keys: Map<string, { base: string, theirs: string }>, sides: Map<string, Sides> }} Clash
 *   keys: the cells that wait, with what is to be sent as before and what the other wrote; sides: where the two differ
 */

export class Clashes {
  /**
   * @param {Grid} grid
   * @param {Queue} queue
   * @param {Notes} notes
   * @param {Words} words
   * @param {(cell: Cell) => void} settled - told when one of the two is chosen, with the cell where that was asked
   */
  constructor(grid, queue, notes, words, settled) {
    this.grid = grid;
    this.queue = queue;
    this.notes = notes;
    this.words = words;
    this.settled = settled;
    /** @type {Map<string, Clash>} by group of cells */
    this.open = new Map();
  }

  /**
   * Tell whether a cell waits.
   *
   * @param {Cell} cell
   */
  hold(cell) {
    return this.open.has(cell.group);
  }

  /**
   * The server tells of one: the values of its municipality are what it holds now.
   *
   * @param {Told} told
   * @param {Readonly<Record<string, string>>} values
   */
  tell(told, values) {
    const at = this.grid.of(told.m, told.f);
    if (!at) return;
    const clash = this.of(at);
    for (const field of told.held) {
      const cell = this.grid.of(told.m, field);
      if (!cell) continue;
      cell.held = values[field] ?? "";
      clash.keys.set(cell.key, { base: cell.held, theirs: cell.held });
    }
    clash.sides.set(at.key, { before: told.before, theirs: values[told.f] ?? "", mine: told.mine });
    this.show(clash);
  }

  /**
   * The same found here: an act is to be taken back or done again, and its cells hold what somebody else has written.
   *
   * @param {readonly { key: string, before: string, theirs: string }[]} sides
   */
  ask(sides) {
    for (const { key, before, theirs } of sides) {
      const cell = this.grid.cell(key);
      const clash = this.of(cell);
      const base = this.queue.pending.get(key) ?? cell.held;
      this.queue.pending.set(key, base);
      clash.keys.set(key, { base, theirs });
      if (before !== theirs) clash.sides.set(key, { before, theirs });
      this.show(clash);
    }
  }

  /**
   * Written before a clash is settled: the cell waits with it. Tells whether it does.
   *
   * @param {Cell} cell
   */
  join(cell) {
    const clash = this.open.get(cell.group);
    if (!clash) return false;
    if (!clash.keys.has(cell.key)) clash.keys.set(cell.key, { base: cell.held, theirs: cell.held });
    this.show(clash);
    return true;
  }

  /**
   * A value sent before came to stand after all: what is chosen starts from it. Tells whether the cell waits.
   *
   * @param {Cell} cell
   * @param {string} now
   */
  stood(cell, now) {
    const waiting = this.open.get(cell.group)?.keys.get(cell.key);
    if (waiting) waiting.base = now;
    return waiting !== undefined;
  }

  /** @param {Cell} cell */
  of({ group }) {
    const clash = this.open.get(group) ?? { group, keys: new Map(), sides: new Map() };
    this.open.set(group, clash);
    return clash;
  }

  /**
   * Told at the first cell of it: each side that differs, with what is written now as one's own.
   *
   * @param {Clash} clash
   */
  show(clash) {
    const [first] = clash.sides.keys();
    if (first === undefined) return;
    const at = this.grid.cell(first);
    /** @type {(Node | string)[]} */
    const nodes = [this.words.clash_title];
    for (const [key, sides] of clash.sides) {
      const cell = this.grid.cell(key);
      const mine = clash.keys.has(key) ? cell.value : sides.mine;
      if (clash.sides.size > 1) nodes.push(made("p", cell.box.dataset.label ?? ""));
      nodes.push(this.list(cell, { ...sides, mine }));
    }
    nodes.push(button(this.words.keep_mine, () => this.settle(clash, at, true)));
    nodes.push(button(this.words.take_theirs, () => this.settle(clash, at, false)));
    this.notes.mark(at, nodes);
  }

  /**
   * @param {Cell} cell
   * @param {Sides} sides
   */
  list(cell, sides) {
    const list = document.createElement("dl");
    for (const side of /** @type {const} */ (["before", "theirs", "mine"])) {
      const value = sides[side];
      if (value === undefined) continue;
      list.append(made("dt", this.words[`clash_${side}`]), made("dd", cell.told(value) || this.words.clash_empty));
    }
    return list;
  }

  /**
   * One of the two is chosen.
   *
   * @param {Clash} clash
   * @param {Cell} at
   * @param {boolean} mine
   */
  settle(clash, at, mine) {
    this.open.delete(clash.group);
    for (const key of clash.sides.keys()) this.notes.clear(this.grid.cell(key));
    for (const [key, { base, theirs }] of clash.keys) {
      const cell = this.grid.cell(key);
      const written = cell.value;
      cell.held = base;
      if (!mine) {
        this.grid.set(cell, theirs);
        this.grid.tell("dropped", { key, value: written });
      }
      this.queue.pending.set(key, base);
      this.queue.settle(cell);
      if (!mine) continue;
      for (const each of this.grid.beside(cell)) {
        this.queue.seen.set(each.key, clash.sides.get(each.key)?.theirs ?? each.held); // told, and chosen against
      }
    }
    this.settled(at);
  }
}
