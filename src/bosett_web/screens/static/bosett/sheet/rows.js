// @ts-check
// The rows of the sheet, to write in or to read: what stands in them, and the sums of regions.

/** @import { Words } from "./words.js" */

import { first } from "../page.js";
import { spaced, whole } from "./numbers.js";

/**
 * Give what stands in a column of a row: as it is written there now, or as the server tells it.
 *
 * @param {HTMLTableRowElement} row
 * @param {string} column
 */
export function textIn(row, column) {
  if (column === "name") return row.dataset.name ?? "";
  const cell = first(row, `[data-column="${column}"]`);
  const input = /** @type {HTMLInputElement | null} */ (cell.querySelector(".cell"));
  return input ? input.value : (cell.dataset.value ?? (cell.textContent ?? "").trim());
}

/**
 * Give the rows under the head of a region.
 *
 * @param {Element} head
 */
export function under(head) {
  const rows = [];
  let row = /** @type {HTMLTableRowElement | null} */ (head.nextElementSibling);
  while (row?.dataset.code) {
    rows.push(row);
    row = /** @type {HTMLTableRowElement | null} */ (row.nextElementSibling);
  }
  return rows;
}

/**
 * Tell whether a row lacks the reason that its number needs: that is the server's to say; here it is counted and shown.
 *
 * @param {HTMLTableRowElement} row
 */
export function lacksReason(row) {
  return row.hasAttribute("data-unreasoned");
}

/**
 * Show the sum of each region at its head.
 *
 * @param {HTMLTableSectionElement} body
 * @param {Words} words
 */
export function sumRegions(body, words) {
  for (const head of body.querySelectorAll(".region")) {
    const numbers = under(head).map((row) => whole(textIn(row, "number")) ?? 0);
    const sum = numbers.reduce((held, number) => held + number, 0);
    first(head, "span").textContent = `${words.sum} ${spaced(sum)}`;
  }
}
