// @ts-check
// Filtering, sorting and grouping of the rows; what is chosen is kept for the next time.

/** @import { Grid } from "./grid.js" */
/** @import { Sums } from "./sums.js" */
/** @import { Words } from "./words.js" */

import { byId, first } from "../page.js";
import { Columns } from "./columns.js";
import { whole } from "./numbers.js";
import { lacksReason, under } from "./sums.js";
import { fill } from "./words.js";

export class Tools {
  /**
   * @param {HTMLTableElement} table
   * @param {Grid} grid
   * @param {Sums} sums
   * @param {string} kept - the name under which the browser keeps what is chosen
   * @param {Words} words
   */
  constructor(table, grid, sums, kept, words) {
    this.grid = grid;
    this.sums = sums;
    this.kept = kept;
    this.words = words;
    this.head = /** @type {HTMLTableRowElement} */ (first(table, "thead tr"));
    this.rows = [...grid.lines.keys()];
    this.filter = /** @type {HTMLInputElement} */ (byId("filter"));
    this.only = /** @type {HTMLSelectElement} */ (byId("only"));
    this.group = /** @type {HTMLInputElement} */ (byId("group"));
    /** @type {{ column: string, falling: boolean } | null} */
    this.sort = null;
    const { columns, group } = this.remembered();
    this.columns = new Columns(table, grid, columns, () => this.remember());
    this.group.checked = group;
    this.filter.addEventListener("input", () => this.lay());
    this.only.addEventListener("change", () => this.lay());
    this.group.addEventListener("change", () => this.lay());
    for (const head of this.head.cells) this.sortable(head);
    grid.on("told", () => this.follow());
    this.columns.show();
    this.lay();
  }

  /** @returns {{ columns: Record<string, boolean>, group: boolean }} */
  remembered() {
    const begun = { columns: {}, group: false };
    try {
      return { ...begun, ...JSON.parse(localStorage.getItem(this.kept) ?? "{}") };
    } catch {
      return begun;
    }
  }

  remember() {
    try {
      localStorage.setItem(this.kept, JSON.stringify({ columns: this.columns.shown, group: this.group.checked }));
    } catch {
      // A browser that keeps nothing.
    }
  }

  /** @param {HTMLTableCellElement} head */
  sortable(head) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    button.setAttribute("aria-label", fill(this.words.sort_by, { column: button.textContent?.trim() ?? "" }));
    button.addEventListener("click", () => {
      const falling = head.getAttribute("aria-sort") === "ascending";
      for (const each of this.head.cells) each.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", falling ? "descending" : "ascending");
      this.sort = { column: head.dataset.column ?? "", falling };
      this.lay();
    });
    head.append(button);
  }

  /**
   * @param {HTMLTableRowElement} one
   * @param {HTMLTableRowElement} other
   */
  compare(one, other) {
    if (!this.sort) return 0;
    const { column, falling } = this.sort;
    const [left, right] = [textIn(one, column), textIn(other, column)];
    if (!left || !right) return Number(!left) - Number(!right); // what is missing comes last either way
    const [a, b] = [whole(left), whole(right)];
    const order = a !== null && b !== null ? a - b : left.localeCompare(right, "nb");
    return falling ? -order : order;
  }

  /** @param {HTMLTableRowElement} row */
  fits(row) {
    const name = row.dataset.name ?? "";
    if (!name.toLowerCase().includes(this.filter.value.trim().toLowerCase())) return false;
    if (this.only.value === "blank") return this.sums.text(row, "number") === "";
    if (this.only.value === "flagged") return row.querySelector(".flags li") !== null;
    return this.only.value !== "unreasoned" || lacksReason(row);
  }

  // What the server told may change what a filter shows; the row that is worked in stays where it is.
  follow() {
    for (const row of this.rows) if (!row.contains(document.activeElement)) row.hidden = !this.fits(row);
    const heads = /** @type {NodeListOf<HTMLElement>} */ (this.grid.body.querySelectorAll(".region"));
    for (const head of heads) head.hidden = under(head).every((row) => row.hidden);
    this.count();
  }

  lay() {
    for (const old of this.grid.body.querySelectorAll(".region")) old.remove();
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    const rows = [...this.rows].sort((one, other) => this.compare(one, other));
    for (const row of rows) row.hidden = !this.fits(row);
    if (this.group.checked) this.byRegion(rows);
    else this.grid.body.append(...rows);
    if (focused?.closest?.("#desk")) focused.focus();
    this.count();
    this.remember();
  }

  /** @param {readonly HTMLTableRowElement[]} rows */
  byRegion(rows) {
    /** @type {Map<string, HTMLTableRowElement[]>} */
    const regions = new Map();
    for (const row of rows) {
      const region = row.dataset.region || this.words.no_region;
      regions.set(region, [...(regions.get(region) ?? []), row]);
    }
    for (const [name, within] of [...regions].sort(([one], [other]) => one.localeCompare(other, "nb"))) {
      const head = document.createElement("tr");
      head.className = "region";
      head.hidden = within.every((row) => row.hidden);
      const cell = document.createElement("th");
      cell.colSpan = this.head.cells.length;
      cell.scope = "rowgroup";
      cell.append(name, document.createElement("span"));
      head.append(cell);
      this.grid.body.append(head, ...within);
    }
  }

  count() {
    byId("no-rows").hidden = this.rows.some((row) => !row.hidden);
    this.sums.show();
  }
}

/**
 * Give what a row is sorted by.
 *
 * @param {HTMLTableRowElement} row
 * @param {string} column
 */
function textIn(row, column) {
  if (column === "name") return row.dataset.name ?? "";
  const cell = first(row, `[data-column="${column}"]`);
  const input = /** @type {HTMLInputElement | null} */ (cell.querySelector(".cell"));
  return input ? input.value : (cell.dataset.value ?? (cell.textContent ?? "").trim());
}
