// @ts-check

import assert from "node:assert/strict";
import { test } from "node:test";
import { span } from "#bosett/sheet/picker.js";
import { CODES, FIELDS, sit } from "./desk.mjs";

/** @param {ReturnType<typeof sit>} desk */
const picked = (desk) => desk.picker.lines().map((line) => line.map((cell) => cell.key));

test("a span goes from the less to the more, whichever comes first", () => {
  assert.deepEqual(span(2, 4), [2, 3, 4]);
  assert.deepEqual(span(4, 2), [2, 3, 4]);
  assert.deepEqual(span(3, 3), [3]);
});

test("the cells between two are picked, whichever corner comes first", () => {
  const corners = [
    ["4601-number", "4602-reason"],
    ["4602-number", "4601-reason"],
  ];
  for (const [from = "", to = ""] of [...corners, ...corners.map((pair) => pair.toReversed())]) {
    const desk = sit();
    desk.picker.pick(desk.grid.cell(from), desk.grid.cell(to));
    assert.deepEqual(picked(desk), [
      ["4601-number", "4601-under15", "4601-reason"],
      ["4602-number", "4602-under15", "4602-reason"],
    ]);
  }
});

test("picking goes on from where it began, and back again", () => {
  const desk = sit();
  desk.picker.go(desk.grid.cell("4602-number"), 1, 0, true);
  desk.picker.go(desk.grid.cell("4611-number"), 0, 1, true);
  assert.equal(desk.picker.picked().length, 4);
  desk.picker.go(desk.grid.cell("4611-under15"), -1, 0, true);
  assert.deepEqual(picked(desk), [["4602-number", "4602-under15"]]);
});

test("what a filter or a choice of columns hides is not picked, and comes back with it", () => {
  const desk = sit();
  desk.picker.pick(desk.grid.cell("4601-asked"), desk.grid.cell("4611-under15"));
  desk.grid.cell("4602-number").row.hidden = true;
  desk.grid.cell("4611-number").box.hidden = true;
  assert.deepEqual(picked(desk), [
    ["4601-asked", "4601-number", "4601-under15"],
    ["4611-asked", "4611-under15"],
  ]);
  desk.grid.cell("4602-number").row.hidden = false;
  assert.equal(desk.picker.picked().length, 8);
});

test("all that is shown can be walked, and the edge is the end", () => {
  const desk = sit();
  const last = Object.keys(FIELDS).length - 1;
  for (const [row, code] of CODES.entries()) {
    for (const [column, field] of Object.keys(FIELDS).entries()) {
      const place = desk.picker.place(desk.grid.cell(`${code}-${field}`));
      assert.deepEqual([place.row, place.column], [row, column]);
      assert.equal(desk.picker.at(place.rows, row, column)?.key, `${code}-${field}`);
    }
  }
  const corner = desk.grid.cell("4601-asked");
  corner.input.focus();
  for (const [down, across] of /** @type {const} */ ([
    [-1, 0],
    [0, -1],
  ]))
    desk.picker.go(corner, down, across);
  assert.equal(desk.grid.from(document.activeElement), corner);
  assert.equal(desk.picker.at(desk.grid.rows(), 0, last + 5)?.key, "4601-signal_on");
});

test("a focus outside what is picked ends it; one within does not", () => {
  const desk = sit();
  desk.picker.pick(desk.grid.cell("4601-number"), desk.grid.cell("4602-number"));
  const focus = (/** @type {string} */ key) =>
    desk.picker.focus(/** @type {any} */ ({ target: desk.grid.cell(key).input }));
  focus("4601-number");
  assert.equal(desk.picker.picked().length, 2);
  focus("4611-number");
  assert.equal(desk.picker.picked().length, 0);
});
