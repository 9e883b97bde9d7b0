// @ts-check
// What the sheet says to the server, and what it answers.

/** @import { Made } from "./act.js" */

import { fieldOf } from "../page.js";

/**
 * @typedef {{ m: string, f: string, v?: string, b: string }} Asked
 *   a cell of a municipality's field: v the value to hold, if it is written; b what stood there as it was written
 * @typedef {{
 *   cells: Record<string, string>, flags: string[], departs: boolean, unreasoned: boolean, idle: boolean,
 *   look: string, title: string,
 * }} Row  a municipality as the server holds it
 * @typedef {{ m: string, f: string, words: string }} Fault
 * @typedef {{ m: string, f: string, before?: string, mine?: string, held: string[] }} Clash
 *   somebody else has changed a cell; held: the fields that could not be set for it
 * @typedef {{ changed: number, rows: Record<string, Row>, undo: number | null, moves: string }} Standing
 * @typedef {Standing & { faults: Fault[], clashes: Clash[], made: Made }} Saved
 * @typedef {{ status: number, ok: boolean, redirected: boolean, told: Partial<Saved> & { why?: string } }} Answer
 */

const JSON_ONLY = { Accept: "application/json" };

export class Server {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.address = String(form.dataset.cells);
  }

  // What the form sends with all that it asks for, as a proof of who asks.
  get token() {
    return fieldOf(this.form, "csrfmiddlewaretoken").value;
  }

  /**
   * Save cells. Resolves when the answer is read whole: what it tells is what the next one starts from.
   *
   * @param {Asked[]} cells
   * @param {string} source - "undo" when an act is taken back or done again
   * @returns {Promise<Answer>}
   */
  async save(cells, source) {
    const fields = new URLSearchParams({
      csrfmiddlewaretoken: this.token,
      shown_to: fieldOf(this.form, "shown_to").value,
      cells: JSON.stringify(cells),
      source,
    });
    const signal = AbortSignal.timeout(15000);
    const answer = await fetch(this.address, { method: "POST", body: fields, headers: JSON_ONLY, signal });
    const readable = answer.headers.get("Content-Type")?.startsWith("application/json");
    const told = readable ? await answer.json() : {};
    return { status: answer.status, ok: answer.ok, redirected: answer.redirected, told };
  }

  /**
   * Ask what has changed since an event.
   *
   * @param {string} changed
   */
  async since(changed) {
    const signal = AbortSignal.timeout(10000);
    const answer = await fetch(`${this.address}?since=${changed}`, { headers: JSON_ONLY, signal });
    const standing = /** @type {Standing | null} */ (answer.status === 200 ? await answer.json() : null);
    return { status: answer.status, standing };
  }
}
