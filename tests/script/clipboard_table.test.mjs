// @ts-check

import assert from "node:assert/strict";
import { test } from "node:test";
import "./page.mjs";
import { laid, oneLine, tableOf, textOf } from "#bosett/sheet/clipboard_table.js";
import { drawing } from "./drawing.mjs";

test("a cell in quotation marks holds tabs, lines and quotation marks", () => {
  assert.deepEqual(tableOf('1\t"a\r\nb"\r\n2\t"sa ""ja""\tda"\r\n'), [
    ["1", "a\nb"],
    ["2", 'sa "ja"\tda'],
  ]);
});

test("quotation marks that do not pair are signs like others", () => {
  assert.deepEqual(tableOf('5" rør\tb\n"Ja, sa de\tc'), [
    ['5" rør', "b"],
    ['"Ja, sa de', "c"],
  ]);
});

test("nothing is one blank cell, and the last line break ends the last row", () => {
  assert.deepEqual(tableOf(""), [[""]]);
  assert.deepEqual(tableOf("\r\n"), [[""]]);
  assert.deepEqual(tableOf("a\n\nb\n"), [["a"], [""], ["b"]]);
});

test("every table that is copied is pasted the same", () => {
  const draw = drawing(1);
  const signs = ["a", "å", "7", " ", '"', "\t", "\n", ","];
  for (let round = 0; round < 500; round += 1) {
    const width = 1 + draw(4);
    const text = () => Array.from({ length: draw(5) }, () => signs[draw(signs.length)]).join("");
    const row = () => Array.from({ length: width }, text);
    const table = [...Array.from({ length: draw(4) }, row), Array(width).fill("x")];
    assert.deepEqual(tableOf(textOf(table)), table);
  }
});

test("a cell of the sheet is one line", () => {
  assert.equal(oneLine(" Ledige \n  hus.\n"), "Ledige hus.");
});

test("a table is laid from a corner; what finds no place is counted, unless it is blank", () => {
  const sheet = [
    ["a1", "a2"],
    ["b1", "b2"],
  ];
  const { cells, rows, columns } = laid([["1", "2", "3", " "], ["4"], ["5"], [""], [" \n"], ["6", "7"]], sheet);
  assert.deepEqual(Object.fromEntries(cells), { a1: "1", a2: "2", b1: "4" });
  assert.deepEqual({ rows, columns }, { rows: 2, columns: 1 });
});

test("laid where there is no cell, all of it is left", () => {
  assert.deepEqual(laid([["1"], ["2"]], []), { cells: [], rows: 2, columns: 0 });
});
