// The sheet's own script on a page that a test moves: what it saves, undoes and is told; no layout, no picture.
// One line of JSON in is one command; one line out is what the page then shows, and the request that it waits with.
// usage: node sheetpage.mjs; the first line begins the page, from a folder with its scripts.

import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const elements = new Map();

class Element {
  constructor(tagName = "DIV") {
    Object.assign(this, { tagName, dataset: {}, children: [], hidden: false, attributes: new Map(), text: "", listeners: {} });
    this.classList = { toggle() {}, add() {}, remove() {} };
    this.elements = {};
  }
  get textContent() { return this.text + this.children.map((each) => each.textContent).join(""); }
  set textContent(text) { this.text = text; this.children = []; }
  setAttribute(name, value) { this.attributes.set(name, value); }
  getAttribute(name) { return this.attributes.get(name) ?? null; }
  removeAttribute(name) { this.attributes.delete(name); }
  toggleAttribute() {}
  set id(id) { this.name_ = id; elements.set(id, this); }
  get id() { return this.name_; }
  append(...nodes) { this.children.push(...nodes.map((node) => (typeof node === "string" ? new Text(node) : node))); }
  replaceChildren(...nodes) { this.children = nodes; }
  after(node) { this.closest("td").children.push(node); node.cell = this.closest("td"); }
  remove() {
    elements.delete(this.name_);
    if (this.cell) this.cell.children = this.cell.children.filter((each) => each !== this);
  }
  addEventListener(name, done) { this.listeners[name] = done; }
  click() { this.listeners.click(); }
  querySelector() { return null; }
  focus() { document.activeElement = this; }
}

class Text {
  constructor(text) { this.textContent = text; }
}

class Field extends Element {
  constructor(name, kind) {
    super(kind === "choice" ? "SELECT" : "INPUT");
    Object.assign(this, { name, type: kind === "date" ? "date" : "text", held_: "" });
    if (kind === "choice") this.options = [["", "–"], ["yes", "ja"], ["no", "nei"]].map(([value, text]) => ({ value, text }));
    this.cell = Object.assign(new Element("TD"), { dataset: { label: name } });
  }
  // As a browser: a choice and a day take only what they know.
  get value() { return this.held_; }
  set value(value) {
    if (this.options) this.held_ = this.options.some((each) => each.value === value) ? value : "";
    else this.held_ = this.type === "date" && !/^\d{4}-\d\d-\d\d$/.test(value) ? "" : value.replace(/\n/g, "");
  }
  closest(what) { return what === "td" ? this.cell : this.row; }
}

class Row extends Element {
  constructor(code, fields, held) {
    super("TR");
    this.dataset.code = code;
    this.fields = Object.entries(fields).map(([field, kind]) => Object.assign(new Field(`${code}-${field}`, kind), { row: this }));
    for (const input of this.fields) input.value = held[input.name.slice(code.length + 1)];
    this.was = { value: JSON.stringify(held) };
    this.flags = new Element("UL");
    elements.set(`row-${code}`, this);
  }
  querySelector(what) { return what === ".flags" ? this.flags : this.was; }
  querySelectorAll() { return this.fields; }
}

const store = new Map();
const waiting = {}; // by method: the request that the page has sent and not been answered

globalThis.document = {
  activeElement: null,
  hidden: false,
  getElementById: (id) => elements.get(id) ?? null,
  createElement: (name) => new Element(name.toUpperCase()),
  createTextNode: (text) => new Text(text),
};
globalThis.localStorage = {
  getItem: (key) => store.get(key) ?? null,
  setItem: (key, value) => store.set(key, value),
  removeItem: (key) => store.delete(key),
};
globalThis.addEventListener = () => {};
globalThis.setInterval = () => 0;
globalThis.setTimeout = () => 0; // the test says when it is tried again
globalThis.clearTimeout = () => {};
globalThis.fetch = (_, { method = "GET", body = null }) =>
  new Promise((resolve, reject) => {
    waiting[method] = { body: body && Object.fromEntries(body), resolve, reject };
  });

let sheet, saver, history, picker, said;

async function begin({ folder, fields, rows, changed, together, words, again }) {
  elements.clear();
  if (!again) store.clear();
  for (const method of Object.keys(waiting)) delete waiting[method];
  document.activeElement = null;
  globalThis.Papa = createRequire(import.meta.url)(`${folder}/papaparse.cjs`);
  const { Sheet, Saver, History, Picker } = await import(pathToFileURL(`${folder}/sheet.js`).href);
  for (const id of ["saved", "pasted", "undo", "moves", "first-fault"]) new Element().id = id;
  elements.get("undo").elements = { event: {} };
  const form = new Element("FORM");
  Object.assign(form.dataset, { changed, together, cells: "/cells" });
  form.elements = { csrfmiddlewaretoken: { value: "" }, shown_to: { value: "" } };
  const body = new Element("TBODY");
  body.rows = Object.entries(rows).map(([code, held]) => new Row(code, fields, held));
  sheet = new Sheet(form, body);
  body.querySelector = () => [...sheet.inputs.values()].find((each) => each.getAttribute("aria-invalid")) ?? null;
  saver = new Saver(form, sheet, "kept", words, (text, kind) => { said = { text, kind }; });
  history = new History(sheet, saver);
  picker = new Picker(sheet, history, words);
  saver.restore();
}

function press(name, code) {
  const words = saver.words[code].split("{")[0];
  elements.get(`e-${name}`)?.children.find((each) => each.tagName === "BUTTON" && each.textContent.startsWith(words))?.click();
}
const input = (name) => sheet.inputs.get(name);

const commands = {
  begin,
  write({ cells }) {
    for (const [name, value] of cells) sheet.put(input(name), value);
    history.commit(cells.map(([name]) => input(name)));
  },
  paste({ name, text }) {
    const plain = (prevent) => ({ target: input(name), clipboardData: { getData: () => text }, preventDefault: prevent });
    let taken = false;
    picker.paste(plain(() => { taken = true; }));
    if (!taken) commands.write({ cells: [[name, text]] }); // as a browser does by itself
  },
  copy({ names }) {
    picker.picked = () => names.map(input);
    picker.copy({ preventDefault() {}, clipboardData: { setData: (_, text) => { said = { ...said, copied: text }; } } });
  },
  undo: () => history.undo(),
  redo: () => history.redo(),
  // Not waited for: they are done when the test has answered.
  send() { saver.send(); },
  follow() { saver.follow(); },
  choose({ name, code }) { press(name, code); },
  // The request that waits is answered, or its line is broken.
  answer({ method, status, told }) {
    const { resolve, reject } = waiting[method];
    delete waiting[method];
    if (status === undefined) reject(new Error("no line"));
    else {
      const headers = { get: () => "application/json" };
      resolve({ status, ok: status < 300, redirected: false, headers, json: async () => ofThePage(told) });
    }
  },
};

// What is told of the county's other municipalities has no row here.
function ofThePage(told) {
  return { ...told, rows: Object.fromEntries(Object.entries(told.rows).filter(([code]) => elements.has(`row-${code}`))) };
}

function shown() {
  const cells = {};
  for (const [name, each] of sheet.inputs) {
    const note = elements.get(`e-${name}`)?.textContent ?? "";
    cells[name] = { value: each.value, held: each.dataset.held, pending: saver.pending.has(name), note };
  }
  const requests = Object.fromEntries(Object.entries(waiting).map(([method, { body }]) => [method, body]));
  const rest = elements.get("pasted").textContent;
  return { cells, said, rest, requests, done: history.done.length, undone: history.undone.length, kept: store.get("kept") ?? "" };
}

for await (const line of createInterface({ input: process.stdin })) {
  const { command, ...told } = JSON.parse(line);
  await commands[command]?.(told);
  await new Promise((done) => { setImmediate(done); }); // all that follows from it at once
  process.stdout.write(`${JSON.stringify(shown())}\n`);
}
