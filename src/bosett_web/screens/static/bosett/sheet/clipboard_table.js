// @ts-check
// The clipboard's text as a table, and a table as such text: quoted cells, line breaks and quotation marks within them.
// Papa Parse reads it (the page loads it before this); what a cell then is, the server alone says.

/**
 * What is used of Papa Parse.
 *
 * @typedef {{ delimiter: string, newline: string }} Form
 * @typedef {{
 *   parse(text: string, form: Form): { data: string[][], errors: { type: string }[] },
 *   unparse(rows: readonly (readonly string[])[], form: Form): string,
 * }} Papa
 */

const TABS = { delimiter: "\t", newline: "\n" };

const papa = () => /** @type {{ Papa: Papa }} */ (/** @type {unknown} */ (globalThis)).Papa;

/**
 * Read rows of cells as they were written. Where quotation marks do not pair, no spreadsheet has set them: they are signs.
 *
 * @param {string} text
 * @returns {string[][]}
 */
export function tableOf(text) {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  if (lines === "") return [[""]];
  const { data, errors } = papa().parse(lines, TABS);
  if (errors.some((error) => error.type === "Quotes")) return lines.split("\n").map((line) => line.split("\t"));
  return data;
}

/** @param {readonly (readonly string[])[]} rows */
export function textOf(rows) {
  return papa().unparse(rows, TABS);
}

/**
 * Write a text on one line, as a cell of the sheet is.
 *
 * @param {string} text
 */
export function oneLine(text) {
  return text.replace(/\s*\n\s*/g, " ").trim();
}

/**
 * Lay a table over rows of cells: what each cell gets, and how many rows and columns, not blank, found no place.
 *
 * @template Target
 * @param {readonly (readonly string[])[]} table
 * @param {readonly (readonly Target[])[]} targets
 */
export function laid(table, targets) {
  const widest = Math.max(0, ...targets.map((line) => line.length));
  /** @type {Set<number>} */
  const beyond = new Set();
  /** @type {[Target, string][]} */
  const cells = [];
  for (const [down, line] of table.slice(0, targets.length).entries()) {
    for (const [across, text] of line.entries()) {
      const target = targets[down]?.[across];
      if (target) cells.push([target, oneLine(text)]);
      else if (across >= widest && !blank(text)) beyond.add(across);
    }
  }
  const rows = table.slice(targets.length).filter((line) => !line.every(blank)).length;
  return { cells, rows, columns: beyond.size };
}

/** @param {string} text */
function blank(text) {
  return text.trim() === "";
}
