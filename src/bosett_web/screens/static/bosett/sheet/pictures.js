// @ts-check
// Map and likeness in step with the table.

/** @import { Grid } from "./grid.js" */
/** @import { Row } from "./server.js" */

import { byId, first } from "../page.js";
import { whole } from "./numbers.js";

export class Pictures {
  /** @param {Grid} grid */
  constructor(grid) {
    this.grid = grid;
    this.panel = byId("pictures");
    this.chart = first(this.panel, ".likeness");
    grid.on("changed", (cell) => this.move(cell.code));
    grid.on("row", ({ code, row }) => this.colour(code, row));
    grid.body.addEventListener("focusin", (event) => this.mark(codeAt(event.target, "tr")));
    this.panel.addEventListener("click", (event) => this.open(event));
  }

  /** @param {MouseEvent} event */
  open(event) {
    const cell = this.grid.of(codeAt(event.target, "[data-code]") ?? "", "number");
    if (!cell) return;
    event.preventDefault();
    cell.row.hidden = false;
    cell.input.focus();
    cell.choose();
  }

  /** @param {string | undefined} code */
  mark(code) {
    for (const each of this.panel.querySelectorAll(".marked")) each.classList.remove("marked");
    if (!code) return;
    for (const each of this.panel.querySelectorAll(`[data-code="${code}"]`)) each.classList.add("marked");
  }

  /** @param {string} code */
  move(code) {
    const number = whole(this.grid.cell(`${code}-number`).input.value);
    const dot = /** @type {SVGElement | null} */ (this.chart.querySelector(`[data-code="${code}"]`));
    if (!dot) return;
    const [most, span, bottom] = ["most", "span", "bottom"].map((name) => Number(this.chart.dataset[name]));
    if (most === undefined || span === undefined || bottom === undefined) return;
    dot.classList.toggle("none", number === null);
    dot.setAttribute("cy", String(bottom - Math.sqrt(Math.min(number ?? 0, most) / most) * span));
    const { name = "" } = dot.dataset;
    first(dot, "title").textContent = number === null ? name : `${name}: ${number}`;
  }

  /**
   * @param {string} code
   * @param {Row} row
   */
  colour(code, row) {
    this.move(code);
    const tile = this.panel.querySelector(`.map [data-code="${code}"]`);
    if (!tile) return;
    for (const look of [...tile.classList]) if (/^t[0-5x]$/.test(look)) tile.classList.remove(look);
    tile.classList.add(row.look);
    tile.setAttribute("aria-label", row.title);
    const title = tile.querySelector("title");
    if (title) title.textContent = row.title;
    const number = row.cells.number ?? "";
    const text = tile.querySelector("text") ?? (number ? textIn(tile) : null);
    if (text) text.textContent = number;
  }
}

/**
 * Give a tile a place for its number.
 *
 * @param {Element} tile
 */
function textIn(tile) {
  const box = first(tile, "rect");
  /** @param {string} name */
  const size = (name) => Number(box.getAttribute(name));
  const text = document.createElementNS("http://www.w3.org/2000/svg", "text");
  text.setAttribute("x", String(size("x") + size("width") / 2));
  text.setAttribute("y", String(size("y") + size("height") / 2 + 4));
  tile.append(text);
  return text;
}

/**
 * Give the municipality that an event happened at.
 *
 * @param {EventTarget | null} target
 * @param {string} selector
 */
function codeAt(target, selector) {
  const within = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest(selector));
  return within?.dataset.code;
}
