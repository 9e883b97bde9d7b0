// @ts-check

import assert from "node:assert/strict";
import { test } from "node:test";
import { asked, sit, stands } from "./desk.mjs";
import { answer, elements, later, press, quiet, store, waiting } from "./page.mjs";

const NUMBER = "4601-number";
const REASON = "4601-reason";

// Try again, as after the pause.
async function again() {
  later.at(-1)?.done();
  await quiet();
}

const kept = () => JSON.parse(store.get("kept") ?? "[]").map((/** @type {string[]} */ line) => line.slice(0, 3));
const noted = (/** @type {string} */ key) => elements.get(`e-${key}`)?.textContent;

test("a cell is sent with what it was, and with what stood beside it", async () => {
  const desk = sit({ [NUMBER]: "5", "4601-asked": "yes" });
  desk.write({ [NUMBER]: "6" });
  assert.deepEqual(asked(), [
    { m: "4601", f: "number", v: "6", b: "5" },
    { m: "4601", f: "asked", b: "yes" },
    { m: "4601", f: "under15", b: "" },
  ]);
  assert.equal(desk.said.text, "saving {count}{why}");
  await stands();
  assert.deepEqual([desk.said.kind, desk.grid.cell(NUMBER).held, kept(), waiting.size], ["done", "6", [], 0]);
});

test("one request at a time: what is written meanwhile follows, from what came to stand", async () => {
  const desk = sit();
  desk.write({ [REASON]: "a" });
  desk.write({ [REASON]: "b", "4602-reason": "c" });
  assert.deepEqual(asked(), [{ m: "4601", f: "reason", v: "a", b: "" }]);
  await stands();
  assert.deepEqual(asked(), [
    { m: "4601", f: "reason", v: "b", b: "a" },
    { m: "4602", f: "reason", v: "c", b: "" },
  ]);
  await stands();
  assert.equal(desk.said.kind, "done");
});

test("the value that the server has read stands in the cell", async () => {
  const desk = sit();
  desk.write({ [NUMBER]: "1 234" });
  await stands({ made: { 4601: { number: ["", "1234"], asked: ["", "yes"] } } });
  assert.equal(desk.values()[NUMBER], "1234");
});

test("without a line all is kept, and tried again after twice as long each time, at most 15 seconds", async () => {
  const desk = sit();
  desk.write({ [REASON]: "a", "4602-reason": "b" });
  for (let time = 0; time < 6; time += 1) {
    await answer("POST");
    assert.deepEqual([desk.said.text, desk.said.kind], ["offline 2", "danger"]);
    assert.deepEqual(kept(), [
      [REASON, "a", ""],
      ["4602-reason", "b", ""],
    ]);
    await again();
  }
  const waits = later.map(({ wait }) => wait);
  assert.deepEqual(waits, [1000, 2000, 4000, 8000, 15000, 15000]);
  await stands();
  desk.write({ [REASON]: "c" });
  await answer("POST", { status: 503, told: {} });
  assert.equal(later.at(-1)?.wait, 1000, "after an answer it begins anew");
});

test("what was kept is sent by the next page, and then kept no more", async () => {
  sit().write({ [NUMBER]: "6", [REASON]: "a" });
  const desk = sit({ [REASON]: "a" }, true);
  assert.deepEqual(asked()[0], { m: "4601", f: "number", v: "6", b: "" });
  assert.equal(desk.values()[NUMBER], "6");
  await stands();
  assert.deepEqual([kept(), desk.said.kind], [[], "done"]);
});

test("a page removes only its own of what the browser keeps", async () => {
  const desk = sit();
  desk.write({ [REASON]: "a" });
  const other = ["4602-reason", "b", ""];
  store.set("kept", JSON.stringify([...JSON.parse(store.get("kept") ?? "[]"), other]));
  await stands();
  assert.deepEqual(kept(), [other]);
});

test("unreadable kept cells are nothing", () => {
  sit();
  store.set("kept", "{");
  assert.equal(sit({}, true).said.kind, "done");
});

test("taken back before it was sent there is nothing to send; after a broken line there is", async () => {
  const desk = sit();
  desk.write({ "4602-reason": "first" });
  desk.write({ [REASON]: "a" });
  desk.write({ [REASON]: "" });
  await stands();
  assert.equal(waiting.size, 0);
  desk.write({ [REASON]: "a" });
  await answer("POST");
  desk.write({ [REASON]: "" });
  assert.deepEqual(asked(), [{ m: "4601", f: "reason", v: "", b: "a" }], "the server may hold what was not answered");
});

test("an undo is of its own act alone: it is held against what that made, whatever stands beside", async () => {
  const desk = sit({ [NUMBER]: "5", "4601-asked": "yes" });
  desk.write({ [NUMBER]: "6" });
  await stands();
  desk.history.undo();
  assert.deepEqual(asked(), [{ m: "4601", f: "number", v: "5", b: "6" }]);
  assert.equal(waiting.get("POST")?.body?.source, "undo");
});

test("logged out, it waits with a link; refused, it stops and says why", async () => {
  const desk = sit();
  desk.write({ [REASON]: "a" });
  await answer("POST", { status: 401, told: { ended: true } });
  assert.equal(desk.said.text, "ended 1");
  assert.equal(elements.get("saved")?.textContent, " log_in {count}{why}");
  await again();
  await answer("POST", { status: 409, told: { why: "frozen" } });
  assert.equal(desk.said.text, "stopped_saving 1frozen");
  desk.write({ "4602-reason": "b" });
  assert.equal(waiting.size, 0);
});

test("an answer that is a page, or tells nothing, has saved nothing", async () => {
  const desk = sit();
  desk.write({ [REASON]: "a" });
  await answer("POST", { status: 200, told: {} });
  assert.deepEqual([desk.said.text, desk.saver.queue.size], ["offline 1", 1]);
});

test("what cannot stand waits until its row is written anew; the rest is saved", async () => {
  const desk = sit({ [NUMBER]: "5" });
  desk.write({ [NUMBER]: "tolv", "4602-number": "3" });
  const faults = [{ m: "4601", f: "number", words: "not a number" }];
  await stands({ faults, made: { 4602: { number: ["", "3"] } } });
  assert.deepEqual(
    [noted(NUMBER), desk.said.text, waiting.size],
    ["not a numberkeep_stored ", "must_be_put_right 1", 0],
  );
  desk.write({ "4602-number": "4" });
  assert.deepEqual(
    asked()
      .filter(({ v }) => v !== undefined)
      .map(({ m }) => m),
    ["4602"],
  );
  await stands();
  desk.write({ [REASON]: "why" });
  assert.deepEqual(
    asked()
      .filter(({ v }) => v !== undefined)
      .map(({ f }) => f),
    ["number", "reason"],
  );
  await stands({ faults, made: { 4601: { reason: ["", "why"] } } });
  press(NUMBER, "keep_stored");
  await quiet();
  assert.deepEqual([desk.values()[NUMBER], noted(NUMBER), desk.said.kind], ["5", undefined, "done"]);
  desk.history.undo();
  assert.equal(desk.values()[NUMBER], "5");
});

/** @param {ReturnType<typeof sit>} desk */
async function clash(desk) {
  desk.write({ [NUMBER]: "6" });
  const cells = { number: "9", asked: "yes", under15: "", reason: "", signal_on: "" };
  const row = { cells, flags: [], unreasoned: false, idle: false, look: "t0", title: "" };
  const clashes = [{ m: "4601", f: "number", before: "5", mine: "6", held: ["number"] }];
  await stands({ rows: { 4601: row }, clashes, made: {} });
}

test("what somebody else has changed waits, with what goes together with it, until one is chosen", async () => {
  const desk = sit({ [NUMBER]: "5", "4601-asked": "yes" });
  await clash(desk);
  desk.write({ "4601-under15": "1" });
  assert.equal(waiting.size, 0);
  desk.write({ [REASON]: "a" });
  assert.deepEqual(
    asked().map(({ f }) => f),
    ["reason"],
    "another group does not wait",
  );
  await stands();
  press(NUMBER, "keep_mine");
  assert.deepEqual(asked(), [
    { m: "4601", f: "number", v: "6", b: "9" },
    { m: "4601", f: "under15", v: "1", b: "" },
    { m: "4601", f: "asked", b: "yes" },
  ]);
});

test("theirs is taken without a word to the server, and cannot be undone", async () => {
  const desk = sit({ [NUMBER]: "5", "4601-asked": "yes" });
  await clash(desk);
  press(NUMBER, "take_theirs");
  await quiet();
  assert.deepEqual([desk.values()[NUMBER], waiting.size, desk.said.kind], ["9", 0, "done"]);
  assert.equal(desk.history.done.length, 0);
});

test("what others do is shown, save where something of one's own waits", async () => {
  const desk = sit();
  desk.write({ [REASON]: "mine" });
  await answer("POST");
  desk.saver.follow();
  const cells = { number: "9", reason: "theirs" };
  const row = { cells, flags: [], unreasoned: false, idle: false, look: "t0", title: "" };
  await answer("GET", { status: 200, told: { changed: 4, rows: { 4601: row }, moves: "", undo: 4 } });
  assert.deepEqual([desk.values()[NUMBER], desk.values()[REASON]], ["9", "mine"]);
  desk.saver.follow();
  const late = { ...row, cells: { number: "8", reason: "" } };
  await answer("GET", { status: 200, told: { changed: 3, rows: { 4601: late }, moves: "", undo: null } });
  assert.equal(desk.values()[NUMBER], "9", "what was asked before is of what was");
});
