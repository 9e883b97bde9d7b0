// @ts-check

/** @import { By } from "#bosett/sheet/act.js" */

import assert from "node:assert/strict";
import { test } from "node:test";
import { History } from "#bosett/sheet/history.js";
import { CODES, sheetOf } from "./desk.mjs";
import { drawing } from "./drawing.mjs";
import { lay } from "./page.mjs";

// A history over a saver that notes what it is asked.
function begin(held = {}) {
  const grid = lay(sheetOf(held));
  /** @type {{ cells: Record<string, string>, from: Record<string, string>, by: By | undefined }[]} */
  const added = [];
  /** @type {object[]} */
  const asked = [];
  const history = new History(grid, {
    add(cells, { from, act, side = "after" } = {}) {
      const values = Object.fromEntries(cells.map((cell) => [cell.key, cell.value]));
      added.push({ cells: values, from: Object.fromEntries(from ?? []), by: act && { act, side } });
    },
    hold: (sides) => asked.push(...sides),
    clashes: { hold: () => false },
  });
  /** @param {Record<string, string>} cells */
  const write = (cells) => {
    for (const [key, value] of Object.entries(cells)) grid.cell(key).put(value);
    history.commit(Object.keys(cells).map((key) => grid.cell(key)));
  };
  /** @param {string} key */
  const value = (key) => grid.cell(key).value;
  return { grid, history, added, asked, write, value };
}

const [FIRST = "", SECOND = ""] = CODES.map((code) => `${code}-number`);

test("any acts taken back give what was, and done again what they gave", () => {
  const draw = drawing(7);
  for (let round = 0; round < 50; round += 1) {
    const { history, write, grid } = begin({ [FIRST]: "5" });
    const page = () => [...grid.cells.values()].map((cell) => cell.value).join("|");
    const seen = [page()];
    for (let act = 0; act < 8; act += 1) {
      const cells = CODES.filter(() => draw(2)).map((code) => [
        `${code}-${["number", "reason"][draw(2)]}`,
        `${draw(4)}`,
      ]);
      const before = history.done.length;
      write(Object.fromEntries(cells));
      if (history.done.length > before) seen.push(page());
    }
    const back = seen.map(() => {
      const now = page();
      history.undo();
      return now;
    });
    assert.deepEqual(back.toReversed(), seen);
    const again = seen.map(() => {
      const now = page();
      history.redo();
      return now;
    });
    assert.deepEqual(again, seen);
  }
});

test("nothing changed is no act, and a new act ends what could be done again", () => {
  const { history, write, added } = begin({ [FIRST]: "5" });
  write({ [FIRST]: "5" });
  assert.deepEqual([history.done.length, added.length], [0, 0]);
  write({ [FIRST]: "6" });
  history.undo();
  assert.equal(history.undone.length, 1);
  write({ [FIRST]: "7" });
  assert.deepEqual([history.done.length, history.undone.length], [1, 0]);
});

test("an undo says from what, and to which side of which act", () => {
  const { history, write, added } = begin({ [FIRST]: "5" });
  write({ [FIRST]: "6" });
  history.undo();
  assert.deepEqual(added[1]?.cells, { [FIRST]: "5" });
  assert.deepEqual(added[1]?.from, { [FIRST]: "6" });
  assert.equal(added[1]?.by?.side, "before");
});

test("another's value is asked about, not taken back; one that is so already is let be", () => {
  const { grid, history, write, value, asked, added } = begin({ [FIRST]: "5", [SECOND]: "5" });
  write({ [FIRST]: "6", [SECOND]: "6" });
  grid.set(grid.cell(FIRST), "9");
  grid.set(grid.cell(SECOND), "5");
  history.undo();
  assert.deepEqual(asked, [{ key: FIRST, before: "6", theirs: "9" }]);
  assert.deepEqual(added[1]?.cells, {});
  assert.equal(value(SECOND), "5");
});

test("what the server read is what is done again", () => {
  const { grid, history, write, value, added } = begin();
  write({ [FIRST]: "1 234" });
  const sent = new Map([[FIRST, { value: "1 234", by: added[0]?.by }]]);
  grid.tell("made", { made: { 4601: { number: ["", "1234"] } }, sent });
  grid.set(grid.cell(FIRST), "1234");
  history.undo();
  history.redo();
  assert.equal(value(FIRST), "1234");
});

test("what followed belongs to the act, and is taken back with it", () => {
  const { grid, history, write, value, added } = begin();
  write({ [FIRST]: "12" });
  grid.set(grid.cell("4601-asked"), "yes");
  const sent = new Map([[FIRST, { value: "12", by: added[0]?.by }]]);
  grid.tell("made", { made: { 4601: { number: ["", "12"], asked: ["", "yes"] } }, sent });
  history.undo();
  assert.deepEqual([value(FIRST), value("4601-asked")], ["", ""]);
  history.redo();
  assert.deepEqual([value(FIRST), value("4601-asked")], ["12", "yes"]);
});

test("what followed from an act that was turned on its way goes back at once", () => {
  const { grid, history, write, value, added } = begin();
  write({ [FIRST]: "12" });
  history.undo();
  grid.set(grid.cell("4601-asked"), "yes");
  const sent = new Map([[FIRST, { value: "12", by: added[0]?.by }]]);
  grid.tell("made", { made: { 4601: { asked: ["", "yes"] } }, sent });
  assert.equal(value("4601-asked"), "");
  assert.deepEqual(added.at(-1)?.from, { "4601-asked": "yes" });
});

test("what somebody else had written the same before is not ours to take back", () => {
  const { grid, history, write, added } = begin();
  write({ [FIRST]: "12", [SECOND]: "3" });
  const by = added[0]?.by;
  grid.tell("made", { made: { 4601: { number: ["12", "12"] } }, sent: new Map([[FIRST, { value: "12", by }]]) });
  history.undo();
  assert.deepEqual(added[1]?.cells, { [SECOND]: "" });
});

test("what never came to stand cannot be taken back", () => {
  const { grid, history, write } = begin();
  write({ [FIRST]: "tolv" });
  grid.tell("dropped", { key: FIRST, value: "elleve" });
  assert.equal(history.done.length, 1);
  grid.tell("dropped", { key: FIRST, value: "tolv" });
  assert.equal(history.done.length, 0);
});
