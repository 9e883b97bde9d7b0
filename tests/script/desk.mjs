// @ts-check
// A small sheet for the tests: three municipalities, and a server that says yes to all that is not refused.

/** @import { Asked } from "#bosett/sheet/server.js" */
/** @import { Words } from "#bosett/sheet/words.js" */

import { answer, open, waiting } from "./page.mjs";

export const CODES = ["4601", "4602", "4611"];
export const FIELDS = { asked: "choice", number: "number", under15: "number", reason: "text", signal_on: "date" };
const BLANK = { asked: "", number: "", under15: "", reason: "", signal_on: "" };
const TOGETHER = ["asked", "number", "under15"];

// Each word says its own code, and the facts that it is given.
const words = /** @type {Words} */ (new Proxy({}, { get: (_, code) => `${String(code)} {count}{why}` }));

/**
 * Give the sheet, with what the server holds of it by key.
 *
 * @param {Readonly<Record<string, string>>} held
 */
export function sheetOf(held) {
  const rows = CODES.map((code) => {
    const own = Object.entries(held).filter(([key]) => key.startsWith(`${code}-`));
    return [code, { ...BLANK, ...Object.fromEntries(own.map(([key, value]) => [key.slice(code.length + 1), value])) }];
  });
  return { fields: FIELDS, rows: Object.fromEntries(rows), together: TOGETHER };
}

/**
 * Open the sheet.
 *
 * @param {Readonly<Record<string, string>>} [held]
 * @param {boolean} [again] - in the same browser
 */
export function sit(held = {}, again = false) {
  const desk = open({ ...sheetOf(held), words, again });
  return {
    ...desk,
    /** @param {Readonly<Record<string, string>>} cells - one act */
    write(cells) {
      desk.clipboard.write(Object.entries(cells).map(([key, value]) => [desk.grid.cell(key), value]));
    },
    values: () => Object.fromEntries([...desk.grid.cells].map(([key, cell]) => [key, cell.value])),
  };
}

/**
 * Give the cells of the request that waits.
 *
 * @returns {Asked[]}
 */
export function asked() {
  return JSON.parse(waiting.get("POST")?.body?.cells ?? "[]");
}

/**
 * Answer that all that was asked stands, save what is refused.
 *
 * @param {object} [but] - other facts of the answer
 */
export function stands(but = {}) {
  /** @type {Record<string, Record<string, string[]>>} */
  const made = {};
  for (const { m, f, v, b } of asked()) if (v !== undefined) made[m] = { ...made[m], [f]: [b, v] };
  const told = { changed: 1, rows: {}, faults: [], clashes: [], made, moves: "", undo: null, ...but };
  return answer("POST", { status: 200, told });
}
