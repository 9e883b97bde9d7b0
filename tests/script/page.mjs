// @ts-check
// A page without a browser, for the sheet's script: what is asked of it and no more; no layout, no picture.
// Who imports this gets its document, its store and its line to the server in place of a browser's.

/** @import { Words } from "#bosett/sheet/words.js" */

import { createRequire } from "node:module";
import { Clipboard } from "#bosett/sheet/clipboard.js";
import { Grid } from "#bosett/sheet/grid.js";
import { History } from "#bosett/sheet/history.js";
import { Kept } from "#bosett/sheet/kept.js";
import { Picker } from "#bosett/sheet/picker.js";
import { Saver } from "#bosett/sheet/saver.js";
import { Server } from "#bosett/sheet/server.js";

/** @type {Map<string, Element>} */
export const elements = new Map();

class Element {
  constructor(tagName = "DIV") {
    this.tagName = tagName;
    /** @type {Record<string, string>} */
    this.dataset = {};
    /** @type {(Element | Text)[]} */
    this.children = [];
    /** @type {Map<string, string>} */
    this.attributes = new Map();
    /** @type {Record<string, () => void>} */
    this.listeners = {};
    /** @type {Set<string>} */
    this.classes = new Set();
    this.hidden = false;
    this.text = "";
    this.name_ = "";
    /** @type {Element | null} the cell of the table that it stands in */
    this.cell = null;
  }

  get classList() {
    return { add: this.add.bind(this), remove: this.drop.bind(this), toggle() {} };
  }

  /** @param {string} name */
  add(name) {
    this.classes.add(name);
  }

  /** @param {string} name */
  drop(name) {
    this.classes.delete(name);
  }

  /** @returns {string} */
  get textContent() {
    return this.text + this.children.map((each) => each.textContent).join("");
  }

  set textContent(text) {
    this.text = text;
    this.children = [];
  }

  get id() {
    return this.name_;
  }

  set id(id) {
    this.name_ = id;
    elements.set(id, this);
  }

  /**
   * @param {string} name
   * @param {string} value
   */
  setAttribute(name, value) {
    this.attributes.set(name, value);
  }

  /** @param {string} name */
  getAttribute(name) {
    return this.attributes.get(name) ?? null;
  }

  /** @param {string} name */
  removeAttribute(name) {
    this.attributes.delete(name);
  }

  toggleAttribute() {}

  /** @param {...(Element | string)} nodes */
  append(...nodes) {
    this.children.push(...nodes.map((node) => (typeof node === "string" ? new Text(node) : node)));
  }

  /** @param {...Element} nodes */
  replaceChildren(...nodes) {
    this.children = nodes;
  }

  /** @param {Element} node */
  after(node) {
    node.cell = this.cell;
    this.cell?.children.push(node);
  }

  remove() {
    elements.delete(this.name_);
    if (this.cell) this.cell.children = this.cell.children.filter((each) => each !== this);
  }

  /**
   * @param {string} name
   * @param {() => void} done
   */
  addEventListener(name, done) {
    this.listeners[name] = done;
  }

  click() {
    this.listeners.click?.();
  }

  /**
   * @param {string} _
   * @returns {Element | null}
   */
  querySelector(_) {
    return null;
  }

  focus() {
    page.activeElement = this;
  }

  select() {}
}

class Text {
  /** @param {string} text */
  constructor(text) {
    this.textContent = text;
  }
}

// As in a browser, a day takes only what it knows; and a field is one line.
class Field extends Element {
  /**
   * @param {string} name
   * @param {string} kind
   * @param {Row} row
   */
  constructor(name, kind, row, tagName = "INPUT") {
    super(tagName);
    this.name = name;
    this.type = kind === "date" ? "date" : "text";
    this.row = row;
    this.held = "";
    this.box = new Element("TD");
    this.box.dataset.label = name;
    this.cell = this.box;
  }

  get value() {
    return this.held;
  }

  set value(value) {
    this.held = this.type === "date" && !/^\d{4}-\d\d-\d\d$/.test(value) ? "" : value.replace(/\n/g, "");
  }

  /**
   * @param {string} what
   * @returns {Element}
   */
  closest(what) {
    return what === "td" ? this.box : this.row;
  }
}

class Choice extends Field {
  options = [
    { value: "", text: "–" },
    { value: "yes", text: "ja" },
    { value: "no", text: "nei" },
  ];

  /** @override */
  get value() {
    return this.held;
  }

  /** @override */
  set value(value) {
    this.held = this.options.some((each) => each.value === value) ? value : "";
  }
}

class Row extends Element {
  /**
   * @param {string} code
   * @param {Readonly<Record<string, string>>} fields
   * @param {Readonly<Record<string, string>>} held
   */
  constructor(code, fields, held) {
    super("TR");
    this.id = `row-${code}`;
    this.dataset.code = code;
    /** @type {Field[]} */
    this.fields = Object.entries(fields).map(([field, kind]) => {
      const name = `${code}-${field}`;
      const input = kind === "choice" ? new Choice(name, kind, this, "SELECT") : new Field(name, kind, this);
      input.value = held[field] ?? "";
      return input;
    });
    this.was = Object.assign(new Element("INPUT"), { value: JSON.stringify(held) });
    this.flags = new Element("UL");
  }

  /**
   * @param {string} what
   * @override
   */
  querySelector(what) {
    return what === ".flags" ? this.flags : this.was;
  }

  querySelectorAll() {
    return this.fields;
  }
}

class Body extends Element {
  /** @param {Row[]} rows */
  constructor(rows) {
    super("TBODY");
    this.rows = rows;
  }

  /**
   * The first cell that is marked.
   *
   * @param {string} _
   * @override
   */
  querySelector(_) {
    return this.rows.flatMap((row) => row.fields).find((each) => each.getAttribute("aria-invalid")) ?? null;
  }
}

class Form extends Element {
  /** @param {Record<string, { value: string }>} fields */
  constructor(fields) {
    super("FORM");
    this.fields = fields;
    this.elements = { namedItem: this.field.bind(this) };
  }

  /** @param {string} name */
  field(name) {
    return this.fields[name] ?? null;
  }
}

/**
 * @typedef {{ status: number, told: object }} Answer
 * @typedef {{
 *   body: Record<string, string> | null,
 *   resolve: (answer: object) => void,
 *   reject: (error: Error) => void,
 * }} Request
 */

/** @type {Map<string, string>} what the browser keeps */
export const store = new Map();
/** @type {Map<string, Request>} by method: the request that the page has sent and not been answered */
export const waiting = new Map();
/** @type {{ done: () => void, wait: number }[]} what the page is to do later: a test says when */
export const later = [];

/** @type {{ activeElement: Element | null, hidden: boolean }} */
const page = { activeElement: null, hidden: false };

Object.assign(globalThis, {
  Papa: createRequire(import.meta.url)("papaparse"),
  document: Object.assign(page, {
    getElementById: (/** @type {string} */ id) => elements.get(id) ?? null,
    createElement: (/** @type {string} */ name) => new Element(name.toUpperCase()),
  }),
  localStorage: {
    getItem: (/** @type {string} */ key) => store.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => store.set(key, value),
    removeItem: (/** @type {string} */ key) => store.delete(key),
  },
  setTimeout: (/** @type {() => void} */ done, /** @type {number} */ wait) => later.push({ done, wait }),
  clearTimeout: () => {},
  fetch: (/** @type {string} */ _, { method = "GET", body = null }) =>
    new Promise((resolve, reject) => {
      waiting.set(method, { body: body && Object.fromEntries(body), resolve, reject });
    }),
});

/**
 * Answer the request that waits; with no answer, its line is broken.
 *
 * @param {string} method
 * @param {Answer} [answer]
 */
export async function answer(method, answer) {
  const request = waiting.get(method);
  if (!request) throw new Error(`no ${method} waits`);
  waiting.delete(method);
  if (answer) {
    const { status, told } = answer;
    const headers = new Headers({ "Content-Type": "application/json" });
    request.resolve({ status, ok: status < 300, redirected: false, headers, json: async () => told });
  } else request.reject(new Error("no line"));
  await quiet();
}

// All that follows from what was done has happened.
export function quiet() {
  return new Promise((done) => {
    setImmediate(done);
  });
}

/**
 * @typedef {{
 *   fields: Readonly<Record<string, string>>,
 *   rows: Readonly<Record<string, Readonly<Record<string, string>>>>,
 *   together: readonly string[],
 * }} Held
 *   a sheet as the server holds it; fields: their kinds by name
 */

/**
 * Lay out the cells of the sheet.
 *
 * @param {Held} held
 */
export function lay({ fields, rows, together }) {
  elements.clear();
  page.activeElement = null;
  const body = new Body(Object.entries(rows).map(([code, held]) => new Row(code, fields, held)));
  return new Grid(/** @type {any} */ (body), together);
}

/**
 * Open the sheet; again: in the same browser, which has kept what it was to keep.
 *
 * @param {Held & { words: Words, changed?: string, again?: boolean }} page
 */
export function open({ words, changed = "0", again = false, ...held }) {
  waiting.clear();
  later.length = 0;
  if (!again) store.clear();
  const grid = lay(held);
  for (const id of ["saved", "pasted", "moves", "first-fault"]) new Element().id = id;
  new Form({ event: { value: "" } }).id = "undo";
  const form = new Form({ csrfmiddlewaretoken: { value: "" }, shown_to: { value: "" } });
  form.dataset.cells = "/cells";
  const server = new Server(/** @type {any} */ (form));
  const said = { text: "", kind: "" };
  const say = (/** @type {string} */ text, /** @type {string} */ kind) => Object.assign(said, { text, kind });
  const saver = new Saver(grid, server, new Kept("kept"), { changed, login: "/login" }, words, say);
  const history = new History(grid, saver);
  const picker = new Picker(grid);
  const clipboard = new Clipboard(grid, history, picker, words);
  saver.restore();
  return { grid, saver, history, picker, clipboard, said };
}

/**
 * Press the button under a cell that begins with some words.
 *
 * @param {string} key
 * @param {string} words
 */
export function press(key, words) {
  const note = elements.get(`e-${key}`)?.children ?? [];
  const buttons = note.filter((each) => each instanceof Element).filter((each) => each.tagName === "BUTTON");
  buttons.find((each) => each.textContent.startsWith(words))?.click();
}
