// @ts-check

import assert from "node:assert/strict";
import { test } from "node:test";
import { sit } from "./desk.mjs";

const HELD = { "4601-asked": "yes", "4601-number": "12", "4601-signal_on": "2020-05-11" };

test("what is picked is copied as a person reads it", () => {
  const desk = sit(HELD);
  desk.picker.pick(desk.grid.cell("4601-asked"), desk.grid.cell("4602-signal_on"));
  let copied = "";
  const setData = (/** @type {string} */ _, /** @type {string} */ text) => {
    copied = text;
  };
  desk.clipboard.copy(/** @type {any} */ ({ preventDefault() {}, clipboardData: { setData } }));
  assert.equal(copied, "ja\t12\t\t\t11.05.2020\n\t\t\t\t");
});

test("what is picked is filled from its first row, and emptied, as one act", () => {
  const desk = sit(HELD);
  desk.picker.pick(desk.grid.cell("4601-asked"), desk.grid.cell("4611-number"));
  desk.clipboard.fillDown(desk.grid.cell("4611-number"));
  for (const code of ["4602", "4611"]) {
    assert.deepEqual([desk.values()[`${code}-asked`], desk.values()[`${code}-number`]], ["yes", "12"]);
  }
  desk.clipboard.empty();
  assert.equal(desk.values()["4601-number"], "");
  assert.equal(desk.history.done.length, 2);
});

test("with nothing picked, a cell is filled from the one above; the first has none", () => {
  const desk = sit(HELD);
  desk.clipboard.fillDown(desk.grid.cell("4602-number"));
  desk.clipboard.fillDown(desk.grid.cell("4601-number"));
  assert.deepEqual([desk.values()["4601-number"], desk.values()["4602-number"]], ["12", "12"]);
});

test("a choice and a day keep beside them what they cannot show, until something else is written", () => {
  const desk = sit(HELD);
  desk.write({ "4601-signal_on": "i høst" });
  const cell = desk.grid.cell("4601-signal_on");
  assert.deepEqual([cell.value, cell.input.value], ["i høst", "2020-05-11"]);
  desk.write({ "4601-signal_on": "2020-06-02" });
  assert.deepEqual([cell.value, cell.written], ["2020-06-02", null]);
});
