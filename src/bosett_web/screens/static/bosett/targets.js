// @ts-check
// The counties' sums, what is left of the country's number, and each number for a thousand inhabitants, while they are
// typed. Without this script the page tells the same when it is computed or saved.

import { byId, fieldOf, first } from "./page.js";
import { spaced, whole } from "./sheet/numbers.js";
import { fill } from "./sheet/words.js";

const PARTS = ["number", "under15", "from15"];
const table = byId("county-targets");
const form = /** @type {HTMLFormElement} */ (table.closest("form"));
const rows = /** @type {HTMLTableRowElement[]} */ ([...table.querySelectorAll("tbody tr")]);

/**
 * Give the number that a field holds; null when it holds none.
 *
 * @param {string | undefined} code
 * @param {string} part
 */
function held(code, part) {
  return whole(fieldOf(form, `${code}-${part}`).value);
}

/**
 * Write a text where it is another, so that nothing is read aloud again.
 *
 * @param {Element} place
 * @param {string} text
 */
function put(place, text) {
  if (place.textContent?.trim() !== text) place.textContent = text;
}

/**
 * Write a number for a thousand inhabitants with one decimal; a dash when one of them is not known.
 *
 * @param {number | null} number
 * @param {HTMLElement} row
 */
function rate(number, row) {
  const people = Number(row.dataset.inhabitants);
  if (number === null || !people) return "–";
  const tenths = Math.round((10000 * number) / people);
  return `${spaced(Math.floor(tenths / 10))},${tenths % 10}`;
}

/**
 * Give the sum of what is written for the counties; null while nothing is.
 *
 * @param {string} part
 */
function summed(part) {
  const numbers = rows.map((row) => held(row.dataset.code, part)).filter((number) => number !== null);
  return numbers.length ? numbers.reduce((total, number) => total + number, 0) : null;
}

/** @param {string} part */
function show(part) {
  const sum = summed(part);
  const national = held("national", part);
  const rest = sum === null || national === null ? null : national - sum;
  const kind = rest === null ? "" : rest < 0 ? "over" : rest ? "left" : "even";
  const place = first(table, `[data-rest="${part}"]`);
  place.dataset.kind = kind;
  put(first(table, `[data-sum="${part}"]`), sum === null ? "–" : spaced(sum));
  put(place, rest === null ? "–" : fill(table.dataset[kind] ?? "", { number: spaced(Math.abs(rest)) }));
}

function showAll() {
  for (const part of PARTS) show(part);
  for (const row of rows) put(first(row, "[data-rate]"), rate(held(row.dataset.code, "number"), row));
  const foot = first(table, "tfoot tr");
  put(first(foot, "[data-rate]"), rate(summed("number"), foot));
  put(
    first(table, '[data-sum="empty"]'),
    String(rows.filter((row) => held(row.dataset.code, "number") === null).length),
  );
}

form.addEventListener("input", showAll);
showAll(); // a browser may have put back what was typed
