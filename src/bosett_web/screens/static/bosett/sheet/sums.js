// @ts-check
// The sums above the table and of each region, from what stands in the cells now.

/** @import { Grid } from "./grid.js" */
/** @import { Words } from "./words.js" */

import { spaced, whole } from "./numbers.js";
import { lacksReason, sumRegions } from "./rows.js";
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
    sumRegions(this.grid.body, this.words);
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
 * @param {string} name
 * @param {string} text
 */
function put(name, text) {
  const place = document.querySelector(`[data-sum="${name}"]`);
  if (place && place.textContent !== text) place.textContent = text;
}
