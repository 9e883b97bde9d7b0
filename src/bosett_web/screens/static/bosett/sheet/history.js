// @ts-check
// Undo and redo. An act is taken back to what it was and no further: never another's value, nor what never came to stand.

/** @import { Act, Change, Made, Sent, Side } from "./act.js" */
/** @import { Cell } from "./cell.js" */
/** @import { Grid } from "./grid.js" */
/** @import { Writing } from "./queue.js" */

import { changeOf, opposite } from "./act.js";

/**
 * What an act needs of the saver.
 *
 * @typedef {{
 *   add(cells: readonly Cell[], how?: Writing & { source?: string }): unknown,
 *   hold(sides: readonly { key: string, before: string, theirs: string }[]): void,
 *   clashes: { hold(cell: Cell): boolean },
 * }} Saving
 */

export class History {
  /**
   * @param {Grid} grid
   * @param {Saving} saver
   */
  constructor(grid, saver) {
    this.grid = grid;
    this.saver = saver;
    /** @type {Act[]} */
    this.done = [];
    /** @type {Act[]} */
    this.undone = [];
    this.count = 0;
    this.known = new Map([...grid.cells].map(([key, cell]) => [key, cell.value]));
    grid.on("made", ({ made, sent }) => this.made(made, sent));
    grid.on("dropped", ({ key, value }) => this.drop(key, value));
    grid.on("changed", (cell) => this.known.set(cell.key, cell.value));
  }

  /**
   * What is written in these cells is one act.
   *
   * @param {readonly Cell[]} cells
   */
  commit(cells) {
    /** @type {Change[]} */
    const changes = [];
    for (const { key, value } of cells) {
      const before = this.known.get(key) ?? "";
      if (before !== value) changes.push({ key, before, after: value });
    }
    if (!changes.length) return;
    this.count += 1;
    const act = { number: this.count, changes };
    this.done.push(act);
    this.undone = [];
    const written = changes.map(({ key }) => this.grid.cell(key));
    for (const cell of written) this.grid.tell("changed", cell);
    this.saver.add(written, { act });
  }

  undo() {
    this.turn(this.done, this.undone, "before");
  }

  redo() {
    this.turn(this.undone, this.done, "after");
  }

  /**
   * To one side of an act from the other. Cells that hold something else are another's by now: that is asked about.
   *
   * @param {Act[]} from
   * @param {Act[]} to
   * @param {Side} side
   */
  turn(from, to, side) {
    const act = from.pop();
    if (!act) return;
    to.push(act);
    const other = opposite(side);
    /** @type {Map<string, { cell: Cell, change: Change }[]>} */
    const groups = new Map();
    for (const change of act.changes) {
      const cell = this.grid.cell(change.key);
      groups.set(cell.group, [...(groups.get(cell.group) ?? []), { cell, change }]);
    }
    const written = [];
    for (const changes of groups.values()) {
      /** @param {Side} at */
      const stand = (at) => changes.every(({ cell, change }) => cell.value === change[at]);
      const strange = !changes.some(({ cell }) => this.saver.clashes.hold(cell)) && !stand(other);
      if (strange && stand(side)) continue;
      const sides = changes.map(({ cell, change }) => ({ key: cell.key, before: change[other], theirs: cell.value }));
      for (const { cell, change } of changes) this.grid.set(cell, change[side]);
      if (strange) this.saver.hold(sides);
      else written.push(...changes.map(({ cell }) => cell));
    }
    const [first] = act.changes;
    if (first) this.grid.reveal(this.grid.cell(first.key));
    const before = new Map(act.changes.map((change) => [change.key, change[other]]));
    this.saver.add(written, { source: "undo", from: before, act, side });
  }

  /**
   * What the server made of an act: a cell as it was read, and what followed (a number says that it is asked).
   *
   * @param {Made} made
   * @param {Map<string, Sent>} sent
   */
  made(made, sent) {
    for (const [code, fields] of Object.entries(made)) {
      for (const [field, [was, now]] of Object.entries(fields)) {
        const cell = this.grid.of(code, field);
        if (!cell) continue;
        const own = sent.get(cell.key);
        if (own) this.read(cell, own, was, now);
        else if (was !== now) this.follow(cell, was, now, sent);
      }
    }
  }

  /**
   * @param {Cell} cell
   * @param {Sent} sent
   * @param {string} was
   * @param {string} now
   */
  read(cell, { value, by }, was, now) {
    const change = by && changeOf(by.act, cell.key);
    if (!change) return;
    if (change[by.side] === value) change[by.side] = now;
    if (was !== now) return;
    // Somebody had written the same before us: that is not ours to take back, nor was it while it was on its way.
    const turned = by.side !== this.sideOf(by.act);
    this.take(by.act, cell.key);
    if (!turned) return;
    this.grid.set(cell, now);
    this.saver.add([cell]);
  }

  /**
   * The choice follows from the number, and the rest from the choice: it belongs to the act that wrote that.
   *
   * @param {Cell} cell
   * @param {string} was
   * @param {string} now
   * @param {Map<string, Sent>} sent
   */
  follow(cell, was, now, sent) {
    const by = sent.get(`${cell.code}-${cell.field === "asked" ? "number" : "asked"}`)?.by;
    if (!by || changeOf(by.act, cell.key)) return;
    const { act, side } = by;
    const { key } = cell;
    const change = side === "after" ? { key, before: was, after: now } : { key, before: now, after: was };
    if (side === this.sideOf(act)) {
      act.changes.push(change);
      this.pass(act, key, was, now);
      return;
    }
    // The act was turned while it was on its way: what followed goes with the next that wrote there, or back at once.
    const heir = this.later(act, (each) => this.grid.cell(each.key).group === cell.group);
    if (heir) {
      if (!changeOf(heir, key)) heir.changes.push({ key, before: was, after: now });
      return;
    }
    act.changes.push(change);
    if (cell.value !== now) return;
    this.grid.set(cell, was);
    this.saver.add([cell], { source: "undo", from: new Map([[key, now]]), act, side: opposite(side) });
  }

  /**
   * What followed from an act is what the next one that wrote there began with.
   *
   * @param {Act} act
   * @param {string} key
   * @param {string} was
   * @param {string} now
   */
  pass(act, key, was, now) {
    const later = this.later(act, (each) => each.key === key);
    const next = later && changeOf(later, key);
    if (next?.before === was) next.before = now;
  }

  /**
   * Give the first act after another that did something.
   *
   * @param {Act} act
   * @param {(change: Change) => boolean} did
   */
  later(act, did) {
    return this.done.find((each) => each.number > act.number && each.changes.some(did));
  }

  /**
   * Tell which side of an act stands now.
   *
   * @param {Act} act
   * @returns {Side}
   */
  sideOf(act) {
    return this.done.includes(act) ? "after" : "before";
  }

  /**
   * An act that did not come to stand in a cell has nothing to take back there.
   *
   * @param {string} key
   * @param {string} value
   */
  drop(key, value) {
    /** @param {Side} side */
    const wrote = (side) => (/** @type {Act} */ act) => changeOf(act, key)?.[side] === value;
    const act = this.done.findLast(wrote("after")) ?? this.undone.findLast(wrote("before"));
    if (act) this.take(act, key);
  }

  /**
   * Take a cell out of an act.
   *
   * @param {Act} act
   * @param {string} key
   */
  take(act, key) {
    act.changes = act.changes.filter((change) => change.key !== key);
    if (act.changes.length) return;
    this.done = this.done.filter((each) => each !== act);
    this.undone = this.undone.filter((each) => each !== act);
  }
}
