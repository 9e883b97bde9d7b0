// @ts-check
// Filtering, sorting and grouping of the rows; what is chosen is kept for the next time.

/** @import { Words } from "./words.js" */

import { byId, first } from "../page.js";
import { Columns } from "./columns.js";
import { whole } from "./numbers.js";
import { lacksReason, textIn, under } from "./rows.js";
import { fill } from "./words.js";

export class Tools {
  /**
   * @param {HTMLTableElement} table
   * @param {string} kept - the name under which the browser keeps what is chosen
   * @param {Words} words
   * @param {() => void} laid - told when rows have been shown, hidden or moved
   */
  constructor(table, kept, words, laid) {
    this.kept = kept;
    this.words = words;
    this.laid = laid;
    this.head = /** @type {HTMLTableRowElement} */ (first(table, "thead tr"));
    this.body = /** @type {HTMLTableSectionElement} */ (first(table, "tbody"));
    this.rows = [...this.body.rows];
    this.filter = /** @type {HTMLInputElement} */ (byId("filter"));
    // Who only reads chooses by a link, which leads to a page of those rows.
    this.only = /** @type {HTMLSelectElement | null} */ (document.getElementById("only"));
    this.group = /** @type {HTMLInputElement | null} */ (document.getElementById("group"));
    /** @type {{ column: string, falling: boolean } | null} */
    this.sort = null;
    const { columns, group } = this.remembered();
    this.columns = new Columns(table, columns, () => this.remember());
    if (this.group) this.group.checked = group;
    this.filter.addEventListener("input", () => this.lay());
    this.only?.addEventListener("change", () => this.lay());
    this.group?.addEventListener("change", () => this.lay());
    for (const head of this.head.cells) if (head.dataset.column) this.sortable(head);
    this.columns.show();
    this.lay();
    byId("toolbar").hidden = false;
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
    if (!this.group) return; // a page of fewer tools: what was chosen on the others stays
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
    const only = this.only?.value;
    if (only === "blank") return textIn(row, "number") === "";
    if (only === "departing") return row.hasAttribute("data-departs");
    if (only === "flagged") return row.querySelector(".flags li") !== null;
    return only !== "unreasoned" || lacksReason(row);
  }

  // What the server told may change what a filter shows; the row that is worked in stays where it is.
  follow() {
    for (const row of this.rows) if (!row.contains(document.activeElement)) row.hidden = !this.fits(row);
    const heads = /** @type {NodeListOf<HTMLElement>} */ (this.body.querySelectorAll(".region"));
    for (const head of heads) head.hidden = under(head).every((row) => row.hidden);
    this.count();
  }

  lay() {
    for (const old of this.body.querySelectorAll(".region")) old.remove();
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    const rows = [...this.rows].sort((one, other) => this.compare(one, other));
    for (const row of rows) row.hidden = !this.fits(row);
    if (this.group?.checked) this.byRegion(rows);
    else this.body.append(...rows);
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
      cell.scope = "rowgroup";
      cell.append(name, document.createElement("span"));
      // The name stays at the side of the window with those of the municipalities, and reaches over the rest.
      const rest = document.createElement("td");
      rest.colSpan = this.head.cells.length - 1;
      head.append(cell, rest);
      this.body.append(head, ...within);
    }
  }

  count() {
    byId("no-rows").hidden = this.rows.some((row) => !row.hidden);
    this.laid();
  }
}
