// @ts-check

import assert from "node:assert/strict";
import { test } from "node:test";
import { spaced, whole } from "#bosett/sheet/numbers.js";
import { fill } from "#bosett/sheet/words.js";

test("a number is read with its digits in groups of three, by any space", () => {
  for (const text of ["1234", "1 234", "1\u00a0234", "1\u202f234", " 1\u2009234 "]) assert.equal(whole(text), 1234);
  assert.equal(whole("0"), 0);
});

test("what is not surely one whole number is none", () => {
  for (const text of ["", "30 35", "12 34", "1.234", "12,0", "-3", "tolv", "1 2345"]) assert.equal(whole(text), null);
});

test("a number that is written is read as the same", () => {
  for (let number = 0; number < 3e7; number = number * 3 + 1) assert.equal(whole(spaced(number)), number);
  assert.equal(spaced(1234567), "1\u00a0234\u00a0567");
  assert.equal(spaced(123), "123");
});

test("a sentence is filled in with its facts, and one that is missing is nothing", () => {
  assert.equal(fill("{count} av {of}: {why}.", { count: 0, of: "to" }), "0 av to: .");
});
