// @ts-check
// The county's sheet: keyboard, blocks, saving as one leaves a cell, following others, nothing lost.
// This joins its modules; news goes up from the cells to those that listen. Without it the form is saved by its button.

/** @import { Words } from "./words.js" */

import { byId, fieldOf, first } from "../page.js";
import { Clipboard } from "./clipboard.js";
import { Grid } from "./grid.js";
import { History } from "./history.js";
import { Kept } from "./kept.js";
import { Keys } from "./keys.js";
import { NoteBox } from "./note_box.js";
import { Picker } from "./picker.js";
import { Pictures } from "./pictures.js";
import { sumRegions } from "./rows.js";
import { Saver } from "./saver.js";
import { Server } from "./server.js";
import { Sums } from "./sums.js";
import { Tools } from "./tools.js";
import { print, stay } from "./window.js";

const FOLLOWING = 4000; // milliseconds between looks at what others have done

/** @param {HTMLFormElement} form */
function start(form) {
  const { owner = "", cells = "", together = "", changed = "", login = "" } = form.dataset;
  /** @type {Words} */
  const words = JSON.parse(byId("sheet-words").textContent ?? "");
  const table = /** @type {HTMLTableElement} */ (byId("desk"));
  const body = /** @type {HTMLTableSectionElement} */ (first(table, "tbody"));
  const grid = new Grid(body, together.split(" "));
  const kept = new Kept(`bosett:sheet:${owner}:${cells}`);
  const saver = new Saver(grid, new Server(form), kept, { changed, login }, words, say);
  const history = new History(grid, saver);
  const picker = new Picker(grid);
  const clipboard = new Clipboard(grid, history, picker, words);
  const keys = new Keys(grid, history, picker, clipboard);
  const sums = new Sums(grid, words);
  const tools = new Tools(table, `bosett:view:${owner}`, words, () => sums.show());
  new Pictures(grid);
  new NoteBox(grid, history);

  grid.on("told", () => tools.follow());
  grid.on("reveal", (field) => tools.columns.reveal(field));
  // Cells are saved as they are left: the button is of the reason for the whole, which alone waits for it.
  byId("save-sheet").textContent = words.save_reason;
  document.body.classList.add("with-sheet");
  body.addEventListener("change", (event) => {
    const cell = grid.from(event.target);
    if (!cell) return;
    cell.written = null; // chosen anew: what was pasted there is no longer meant
    clipboard.tellRest(0, 0);
    history.commit([cell]);
  });
  body.addEventListener("keydown", (event) => keys.press(event));
  body.addEventListener("mousedown", (event) => picker.mouse(event));
  body.addEventListener("focusin", (event) => picker.focus(event));
  document.addEventListener("copy", (event) => clipboard.copy(event));
  document.addEventListener("paste", (event) => clipboard.paste(event));
  form.addEventListener("submit", () => grid.forgetWas());
  fieldOf(form, "reason").addEventListener("change", () => form.requestSubmit());
  byId("first-fault").addEventListener("click", () => {
    const cell = grid.firstFault();
    if (cell) grid.reveal(cell);
  });
  addEventListener("online", () => saver.send());
  addEventListener("pagehide", () => saver.keep());
  setInterval(() => saver.follow(), FOLLOWING);
  saver.restore();
}

/**
 * Tell how it stands with all that is written.
 *
 * @param {string} text
 * @param {string} kind
 */
function say(text, kind) {
  const place = byId("saved");
  if (place.textContent !== text) place.textContent = text;
  place.dataset.kind = kind;
}

/**
 * The same sheet for who only reads it: found, sorted, grouped and shown as one likes.
 *
 * @param {HTMLTableElement} table
 */
function read(table) {
  /** @type {Words} */
  const words = JSON.parse(byId("sheet-words").textContent ?? "");
  const body = /** @type {HTMLTableSectionElement} */ (first(table, "tbody"));
  new Tools(table, `bosett:read:${table.dataset.owner}`, words, () => sumRegions(body, words));
}

const form = /** @type {HTMLFormElement | null} */ (document.getElementById("sheet"));
const table = /** @type {HTMLTableElement | null} */ (document.getElementById("desk"));
if (form) start(form);
else if (table) read(table);
if (table) {
  stay(byId("bench"));
  print(table);
}
