// @ts-check
// The cells by municipality and field, as the page shows them; and the news of them that other modules follow.

/** @import { Made, Sent } from "./act.js" */
/** @import { Row } from "./server.js" */

import { first } from "../page.js";
import { Cell } from "./cell.js";

/**
 * What is told of the cells, by the name of the news.
 *
 * @typedef {{
 *   changed: Cell,
 *   dropped: { key: string, value: string },
 *   made: { made: Made, sent: Map<string, Sent> },
 *   reveal: string,
 *   row: { code: string, row: Row },
 *   told: null,
 * }} News
 */

export class Grid extends EventTarget {
  /**
   * @param {HTMLTableSectionElement} body
   * @param {readonly string[]} together - the fields that one key stroke may set together
   */
  constructor(body, together) {
    super();
    this.body = body;
    this.together = together;
    /** @type {Map<string, Cell>} */
    this.cells = new Map();
    /** @type {Map<HTMLTableRowElement, Cell[]>} */
    this.lines = new Map();
    for (const row of body.rows) this.lines.set(row, this.read(row));
  }

  /** @param {HTMLTableRowElement} row */
  read(row) {
    const held = JSON.parse(was(row).value);
    const inputs = /** @type {NodeListOf<HTMLInputElement | HTMLSelectElement>} */ (row.querySelectorAll(".cell"));
    return [...inputs].map((input) => {
      const [code = "", ...parts] = input.name.split("-");
      const field = parts.join("-");
      const group = this.together.includes(field) ? code : input.name;
      const cell = new Cell(input, { code, field, held: held[field] ?? "", group });
      this.cells.set(cell.key, cell);
      return cell;
    });
  }

  /**
   * Give the cell of a key that is known to be one.
   *
   * @param {string} key
   */
  cell(key) {
    const cell = this.cells.get(key);
    if (!cell) throw new Error(`the sheet has no cell ${key}`);
    return cell;
  }

  /**
   * @param {string} code
   * @param {string} field
   */
  of(code, field) {
    return this.cells.get(`${code}-${field}`);
  }

  /**
   * Give the cell that an event came from, if any.
   *
   * @param {EventTarget | null} target
   */
  from(target) {
    const cell = target && "name" in target ? this.cells.get(String(target.name)) : undefined;
    return cell?.input === target ? cell : null;
  }

  /**
   * Give the cells that one key stroke may set together with this.
   *
   * @param {Cell} cell
   * @returns {Cell[]}
   */
  beside(cell) {
    if (!this.together.includes(cell.field)) return [];
    const all = this.together.map((field) => this.of(cell.code, field));
    return all.filter((each) => each !== undefined).filter((each) => each !== cell);
  }

  // Rows and columns as they are shown now, for moving about.
  rows() {
    return [...this.body.rows].filter((row) => row.dataset.code && !row.hidden);
  }

  /** @param {HTMLTableRowElement | undefined} row */
  line(row) {
    return ((row && this.lines.get(row)) ?? []).filter((cell) => !cell.box.hidden && cell.input.type !== "hidden");
  }

  /**
   * Give the cell of the note at a cell, if it can have one: its field stands hidden beside the other's.
   *
   * @param {Cell} cell
   */
  noteAt({ box }) {
    return this.from(box.querySelector('.cell[type="hidden"]'));
  }

  firstFault() {
    return this.from(this.body.querySelector('.cell[aria-invalid="true"]'));
  }

  /**
   * Go to a cell, whatever the filter and the choice of columns.
   *
   * @param {Cell} cell
   */
  reveal(cell) {
    cell.row.hidden = false;
    if (cell.box.hidden) this.tell("reveal", cell.field);
    const seen = cell.input.type === "hidden" ? first(cell.box, '.cell:not([type="hidden"])') : cell.input;
    /** @type {HTMLElement} */ (seen).focus();
  }

  /**
   * @param {Cell} cell
   * @param {string} value
   */
  set(cell, value) {
    if (cell.value === value) return;
    // What is about to be written over stays so: a new value would else take what is typed at its end.
    const chosen = cell.chosen;
    cell.put(value);
    if (chosen) cell.choose();
    this.tell("changed", cell);
  }

  // Without this, the form would take what the script has saved already for a change of its own.
  forgetWas() {
    for (const [row, cells] of this.lines) {
      const field = was(row);
      const held = JSON.parse(field.value);
      for (const cell of cells) held[cell.field] = cell.held;
      field.value = JSON.stringify(held);
    }
  }

  /**
   * @template {keyof News} Name
   * @param {Name} name
   * @param {News[Name]} news
   */
  tell(name, news) {
    this.dispatchEvent(new CustomEvent(name, { detail: news }));
  }

  /**
   * @template {keyof News} Name
   * @param {Name} name
   * @param {(news: News[Name]) => void} done
   */
  on(name, done) {
    this.addEventListener(name, (event) => done(/** @type {CustomEvent<News[Name]>} */ (event).detail));
  }
}

/**
 * The field in which the form keeps what the cells of a row were.
 *
 * @param {HTMLTableRowElement} row
 */
function was(row) {
  return /** @type {HTMLInputElement} */ (first(row, 'input[type="hidden"]'));
}
