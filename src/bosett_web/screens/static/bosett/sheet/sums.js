// @ts-check
// The sums above the table and of each region, from what stands in the cells now.

/** @import { Grid } from "./grid.js" */
/** @import { Words } from "./words.js" */

import { first } from "../page.js";
import { spaced, whole } from "./numbers.js";
import { fill } from "./words.js";

export class Sums {
  /**
   * @param {Grid} grid
   * @param {Words} words
   */
  constructor(grid, words) {
    this.grid = grid;
    this.words = words;
    this.rows = [...grid.lines.keys()];
    grid.on("changed", () => this.show());
  }

  show() {
    const number = this.total("number") ?? 0;
    for (const head of this.grid.body.querySelectorAll(".region")) this.ofRegion(head);
    put("number", spaced(number));
    for (const field of ["under15", "from15"]) {
      const total = this.total(field);
      if (total !== null) put(field, spaced(total));
    }
    put("missing", spaced(this.rows.filter((row) => this.text(row, "number") === "").length));
    put("unreasoned", spaced(this.rows.filter(lacksReason).length));
    this.left(number);
  }

  /**
   * Show what is left of the target.
   *
   * @param {number} number
   */
  left(number) {
    const place = /** @type {HTMLElement | null} */ (document.querySelector('[data-sum="left"]'));
    if (!place) return;
    const rest = Number(place.dataset.target) - number;
    const kind = rest < 0 ? "over" : rest ? "left" : "even";
    place.dataset.kind = kind;
    put("left", fill(this.words[`against_${kind}`], { number: spaced(Math.abs(rest)) }));
  }

  /** @param {Element} head */
  ofRegion(head) {
    const numbers = under(head).map((row) => whole(this.text(row, "number")) ?? 0);
    const sum = numbers.reduce((held, number) => held + number, 0);
    first(head, "span").textContent = `${this.words.sum} ${spaced(sum)}`;
  }

  /**
   * Give the sum of a field; null when nothing is written in it.
   *
   * @param {string} field
   */
  total(field) {
    const numbers = this.rows.map((row) => whole(this.text(row, field))).filter((number) => number !== null);
    return numbers.length ? numbers.reduce((held, number) => held + number, 0) : null;
  }

  /**
   * @param {HTMLTableRowElement} row
   * @param {string} field
   */
  text(row, field) {
    return this.grid.of(String(row.dataset.code), field)?.input.value ?? "";
  }
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
 * @param {string} name
 * @param {string} text
 */
function put(name, text) {
  const place = document.querySelector(`[data-sum="${name}"]`);
  if (place && place.textContent !== text) place.textContent = text;
}
