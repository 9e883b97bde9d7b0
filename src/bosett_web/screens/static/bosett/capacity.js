// @ts-check
// A table from a spreadsheet, laid over the grid from the cell it is pasted into; and Enter, one row further down.
// Nothing is saved until the form is sent; what a cell then is, the server alone says.

import { laid, tableOf } from "./sheet/clipboard_table.js";

/** @typedef {HTMLInputElement | HTMLSelectElement} Cell */

const table = /** @type {HTMLTableElement | null} */ (document.querySelector("table[data-paste]"));
const told = document.querySelector("#pasted");

/** @returns {Cell[][]} */
function rows() {
  return [...(table?.tBodies[0]?.rows ?? [])].map(
    (row) => /** @type {Cell[]} */ ([...row.querySelectorAll("input.cell, select.cell")]),
  );
}

/** @param {Cell} cell @param {Cell[][]} grid */
function placeOf(cell, grid) {
  const down = grid.findIndex((row) => row.includes(cell));
  return { down, across: grid[down]?.indexOf(cell) ?? -1 };
}

/** @param {Cell} cell @param {string} text */
function write(cell, text) {
  if (cell instanceof HTMLInputElement) {
    cell.value = text;
    return true;
  }
  const wanted = text.toLocaleLowerCase();
  const option = [...cell.options].find((each) => [each.text.toLocaleLowerCase(), each.value].includes(wanted));
  if (!option) return text === "";
  cell.value = option.value;
  return true;
}

table?.addEventListener("paste", (event) => {
  const from = event.target;
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!(from instanceof HTMLInputElement || from instanceof HTMLSelectElement) || !/[\t\n]/.test(text.trim())) return;
  event.preventDefault();
  const grid = rows();
  const { down, across } = placeOf(from, grid);
  const targets = grid.slice(down).map((row) => row.slice(across));
  const { cells, rows: rowsLeft, columns } = laid(tableOf(text), targets);
  const missed = cells.filter(([cell, written]) => !write(cell, written));
  for (const [cell] of missed) cell.setAttribute("aria-invalid", "true");
  if (!told) return;
  const words = table.dataset;
  told.textContent = [
    `${words["pasted"]} ${cells.length - missed.length}.`,
    rowsLeft + columns + missed.length > 0 ? `${words["left"]} ${rowsLeft + columns + missed.length}.` : "",
  ].join(" ");
});

table?.addEventListener("keydown", (event) => {
  const from = event.target;
  if (event.key !== "Enter" || !(from instanceof HTMLInputElement)) return;
  event.preventDefault();
  const grid = rows();
  const { down, across } = placeOf(from, grid);
  grid[down + (event.shiftKey ? -1 : 1)]?.[across]?.focus();
});
