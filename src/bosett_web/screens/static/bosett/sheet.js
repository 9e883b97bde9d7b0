// The county's sheet: keyboard, blocks, saving as one leaves a cell, following others, nothing lost.
// The page works without it: then the form is saved by its button.

import { laid, tableOf, textOf } from "./pasted.js";

function start(form) {
  const words = JSON.parse(document.getElementById("sheet-words").textContent);
  const table = document.getElementById("desk");
  const body = table.tBodies[0];
  const saved = document.getElementById("saved");
  const kept = `bosett:sheet:${form.dataset.owner}:${form.dataset.cells}`;
  const shown = `bosett:view:${form.dataset.owner}`;
  const sheet = new Sheet(form, body);
  const saver = new Saver(form, sheet, kept, words, say);
  const history = new History(sheet, saver);
  const picker = new Picker(sheet, history, words);
  new Tools(form, table, body, sheet, shown, words);
  new Pictures(sheet);

  document.getElementById("toolbar").hidden = false;
  // Cells are saved as they are left: the button is of the reason for the whole, which alone waits for it.
  document.getElementById("save-sheet").textContent = words.save_reason;
  document.body.classList.add("with-sheet");
  body.addEventListener("change", (event) => {
    const input = event.target;
    if (!sheet.keyOf(input)) return;
    sheet.written.delete(input.name); // chosen anew: what was pasted there is no longer meant
    picker.tellRest(0, 0);
    history.commit([input]);
  });
  body.addEventListener("keydown", (event) => picker.key(event));
  body.addEventListener("mousedown", (event) => picker.mouse(event));
  body.addEventListener("focusin", (event) => picker.focus(event));
  document.addEventListener("copy", (event) => picker.copy(event));
  body.addEventListener("paste", (event) => picker.paste(event));
  form.addEventListener("submit", () => sheet.forgetWas());
  form.elements.reason.addEventListener("change", () => form.requestSubmit());
  document.getElementById("first-fault").addEventListener("click", () => {
    const input = sheet.firstFault();
    sheet.reveal(input);
    input.focus();
  });
  saver.restore();

  function say(text, kind) {
    if (saved.textContent !== text) saved.textContent = text;
    saved.dataset.kind = kind;
  }
}

function fill(words, facts) {
  return words.replace(/{(\w+)}/g, (_, name) => facts[name] ?? "");
}

// A number that is summed while it is on its way; what it is, the server says.
function whole(text) {
  const parted = /^(\d+|\d{1,3}([ \u00a0\u202f\u2009]\d{3})+)$/.test(text.trim());
  return parted ? Number(text.replace(/\D/g, "")) : null;
}

function spaced(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, "\u00a0");
}

// The cells by municipality and field, and what the server holds of each.
class Sheet extends EventTarget {
  constructor(form, body) {
    super();
    this.form = form;
    this.body = body;
    this.inputs = new Map();
    this.written = new Map(); // key: what was pasted where it cannot be shown, until it has been read
    this.together = form.dataset.together.split(" ");
    for (const row of body.rows) {
      const held = JSON.parse(row.querySelector('input[type="hidden"]').value);
      for (const input of row.querySelectorAll(".cell")) {
        const [code, ...field] = input.name.split("-");
        input.dataset.code = code;
        input.dataset.field = field.join("-");
        input.dataset.held = held[input.dataset.field] ?? "";
        this.inputs.set(input.name, input);
      }
    }
  }

  keyOf(input) {
    return this.inputs.get(input.name) === input ? input.name : null;
  }

  of(code, field) {
    return this.inputs.get(`${code}-${field}`);
  }

  // The fields that one key stroke may set together are one group of a municipality; any other cell is its own.
  groupOf(input) {
    return this.together.includes(input.dataset.field) ? input.dataset.code : input.name;
  }

  beside(input) {
    if (!this.together.includes(input.dataset.field)) return [];
    return this.together.map((field) => this.of(input.dataset.code, field)).filter((each) => each && each !== input);
  }

  value(input) {
    return this.written.get(input.name) ?? input.value;
  }

  // As a person reads it.
  shown(input, value) {
    if (input.tagName === "SELECT") return [...input.options].find((each) => each.value === value && value)?.text ?? value;
    return input.type === "date" ? value.replace(/^(\d{4})-(\d\d)-(\d\d)$/, "$3.$2.$1") : value;
  }

  // Rows and columns as they are shown now, for moving about.
  rows() {
    return [...this.body.rows].filter((row) => row.dataset.code && !row.hidden);
  }

  cells(row) {
    return [...row.querySelectorAll(".cell")].filter((input) => !input.closest("td").hidden);
  }

  firstFault() {
    return this.body.querySelector('.cell[aria-invalid="true"]');
  }

  // A choice or a day holds only what it knows: with anything else it goes on showing what the server holds.
  put(input, value) {
    input.value = value;
    if (input.value === value) this.written.delete(input.name);
    else {
      this.written.set(input.name, value);
      input.value = input.dataset.held;
    }
  }

  // Bring a cell into view, whatever the filter and the choice of columns.
  reveal(input) {
    input.closest("tr").hidden = false;
    if (input.closest("td").hidden) this.dispatchEvent(new CustomEvent("reveal", { detail: input.dataset.field }));
  }

  set(input, value) {
    if (this.value(input) === value) return;
    // What is about to be written over stays so: a new value would else take what is typed at its end.
    const chosen = input === document.activeElement && input.selectionStart === 0 && input.selectionEnd === input.value.length;
    this.put(input, value);
    if (chosen) input.select();
    this.dispatchEvent(new CustomEvent("changed", { detail: input }));
  }

  // Without this, the form would take what the script has saved already for a change of its own.
  forgetWas() {
    for (const row of this.body.rows) {
      const was = row.querySelector('input[type="hidden"]');
      if (!was) continue;
      const held = JSON.parse(was.value);
      for (const input of row.querySelectorAll(".cell")) held[input.dataset.field] = input.dataset.held;
      was.value = JSON.stringify(held);
    }
  }
}

// Sends cells, keeps those that could not be sent, shows what others did.
class Saver {
  constructor(form, sheet, kept, words, say) {
    Object.assign(this, { form, sheet, kept, words, say });
    this.pending = new Map(); // key: what the server held when it was written
    this.seen = new Map(); // key, beside such a cell and not written itself: what it showed then; null: it does not count
    this.acts = new Map(); // key: the act that wrote it last, and to which side of it
    this.unsure = new Map(); // key: what was sent and not answered: the server may hold it
    this.faulty = new Set();
    this.clashes = new Map(); // group: the cells that it holds, and the sides of it
    this.stored = new Set(); // the keys of ours that the browser keeps
    this.sent = null;
    this.stopped = "";
    this.wait = 1000;
    this.changed = form.dataset.changed;
    addEventListener("online", () => this.send());
    addEventListener("pagehide", () => this.keep());
    setInterval(() => this.follow(), 4000);
  }

  input(key) {
    return this.sheet.inputs.get(key);
  }

  // Cells written anew. An act that is taken back or done again says from what: it is of nothing else.
  add(inputs, { source = "", from = null, act = null, side = 2 } = {}) {
    for (const input of inputs) {
      const key = this.sheet.keyOf(input);
      // A row is held against itself: with one cell written anew, the others that did not stand are tried again.
      for (const other of [...this.faulty]) if (other.startsWith(`${input.dataset.code}-`)) this.faulty.delete(other);
      if (act) this.acts.set(key, { act, side });
      if (!this.pending.has(key)) this.pending.set(key, from?.get(key) ?? input.dataset.held);
      const clash = this.clashes.get(this.sheet.groupOf(input));
      if (clash) {
        this.join(clash, key);
        this.tellClash(clash);
        continue;
      }
      this.clear(input);
      this.settled(key);
      for (const each of this.sheet.beside(input)) {
        if (from) this.seen.set(each.name, null);
        else if (!this.seen.has(each.name)) this.seen.set(each.name, each.dataset.held);
      }
    }
    this.source = source;
    this.prune();
    this.keep();
    return this.send();
  }

  // A cell that is again what the server holds has nothing to send, save when something else may have reached it.
  settled(key) {
    const input = this.input(key);
    const value = this.sheet.value(input);
    if (value !== this.pending.get(key) || value !== input.dataset.held) return;
    if (this.sent?.has(key) || this.unsure.has(key)) return;
    this.pending.delete(key);
  }

  prune() {
    const groups = new Set([...this.pending.keys()].map((key) => this.sheet.groupOf(this.input(key))));
    for (const key of [...this.seen.keys()]) if (!groups.has(this.sheet.groupOf(this.input(key)))) this.seen.delete(key);
  }

  // What the browser keeps is shared with other pages of the same person: each writes and removes its own only.
  keep() {
    try {
      const cells = new Map(this.read().map((cell) => [cell[0], cell]));
      for (const key of this.stored) cells.delete(key);
      for (const [key, before] of this.pending) {
        const input = this.input(key);
        const beside = this.sheet.beside(input).filter((each) => this.seen.has(each.name));
        const seen = beside.map((each) => [each.name, this.seen.get(each.name)]);
        cells.set(key, [key, this.sheet.value(input), before, seen]);
      }
      this.stored = new Set(this.pending.keys());
      if (cells.size) localStorage.setItem(this.kept, JSON.stringify([...cells.values()]));
      else localStorage.removeItem(this.kept);
    } catch { /* a browser that keeps nothing: what is on the page stays on the page */ }
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.kept) ?? "[]");
    } catch {
      return []; // unreadable: nothing to restore
    }
  }

  restore() {
    let count = 0;
    for (const [key, value, before, seen] of this.read()) {
      const input = this.input(key);
      this.stored.add(key);
      if (!input || input.dataset.held === value) continue;
      this.sheet.set(input, value);
      this.pending.set(key, before);
      for (const [beside, was] of seen ?? []) this.seen.set(beside, was);
      count += 1;
    }
    this.prune();
    if (count) this.say(fill(this.words.restored, { count }), "waiting");
    else this.tell();
    this.send();
  }

  ready(key) {
    return !this.faulty.has(key) && !this.clashes.has(this.sheet.groupOf(this.input(key)));
  }

  async send() {
    const keys = [...this.pending.keys()].filter((key) => this.ready(key));
    if (this.sent || this.stopped || !keys.length) return this.tell();
    const sent = new Map(keys.map((key) => [key, { value: this.sheet.value(this.input(key)), by: this.acts.get(key) }]));
    this.sent = sent;
    this.say(this.words.saving, "waiting");
    const fields = new URLSearchParams({
      csrfmiddlewaretoken: this.form.elements.csrfmiddlewaretoken.value,
      shown_to: this.form.elements.shown_to.value,
      cells: JSON.stringify(this.told(sent)),
      source: this.source ?? "",
    });
    let answer;
    let told;
    try {
      answer = await fetch(this.form.dataset.cells, {
        method: "POST",
        body: fields,
        headers: { Accept: "application/json" },
        signal: AbortSignal.timeout(15000),
      });
      // Nothing else is sent before the answer is read whole: what it tells is what the next one starts from.
      told = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
    } catch {
      this.sent = null;
      for (const [key, { value }] of sent) this.unsure.set(key, value);
      return this.offline();
    }
    this.sent = null;
    return this.answered(answer, told, sent);
  }

  // The cells with what they were when they were written, and what stood beside them then.
  told(sent) {
    const cells = [];
    const beside = new Set();
    for (const [key, { value }] of sent) {
      const input = this.input(key);
      const before = this.pending.get(key);
      const b = value === before ? (this.unsure.get(key) ?? before) : before;
      cells.push({ m: input.dataset.code, f: input.dataset.field, v: value, b });
      for (const each of this.sheet.beside(input)) if (!this.pending.has(each.name)) beside.add(each);
    }
    for (const { name, dataset } of beside) {
      const seen = this.seen.get(name) ?? null;
      if (seen !== null) cells.push({ m: dataset.code, f: dataset.field, b: seen });
    }
    return cells;
  }

  answered(answer, told, sent) {
    if (answer.status === 401) return this.retry("ended");
    if (answer.status >= 500 || answer.redirected || (answer.ok && !told.rows)) return this.offline();
    if (!answer.ok) {
      this.stopped = told.why ?? String(answer.status);
      return this.tell();
    }
    this.wait = 1000;
    for (const key of sent.keys()) this.unsure.delete(key);
    const left = new Set(told.faults.map((each) => `${each.m}-${each.f}`));
    for (const clash of told.clashes) for (const field of clash.held) left.add(`${clash.m}-${field}`);
    for (const [key, { value }] of sent) if (!left.has(key)) this.stood(key, value, told.made);
    this.rebase(told.made, sent);
    this.show(told);
    for (const fault of told.faults) this.fault(fault);
    for (const clash of told.clashes) this.clash(clash, told.rows[clash.m].cells);
    this.sheet.dispatchEvent(new CustomEvent("made", { detail: { made: told.made, sent } }));
    this.prune();
    this.keep();
    return this.send();
  }

  stood(key, value, made) {
    const input = this.input(key);
    const now = made[input.dataset.code]?.[input.dataset.field]?.[1] ?? value;
    input.dataset.held = now;
    const clash = this.clashes.get(this.sheet.groupOf(input))?.keys.get(key);
    if (clash) clash.base = now;
    // Written on while it was being sent: that is a new change, of what the server now holds.
    if (this.sheet.value(input) !== value) {
      this.pending.set(key, now);
      return;
    }
    this.pending.delete(key);
    this.acts.delete(key);
    if (!clash) this.clear(input);
    this.sheet.set(input, now);
  }

  // What followed from our own act is nobody else's: what was written or seen since then starts from it.
  rebase(made, sent) {
    for (const [code, fields] of Object.entries(made)) {
      for (const [field, [was, now]] of Object.entries(fields)) {
        const input = this.sheet.of(code, field);
        if (!input) continue;
        if (this.seen.get(input.name) === was) this.seen.set(input.name, now);
        if (sent.has(input.name) || this.pending.get(input.name) !== was) continue;
        this.pending.set(input.name, now);
        input.dataset.held = now;
        this.settled(input.name);
      }
    }
  }

  offline() {
    this.retry("offline");
  }

  retry(code) {
    const count = this.pending.size;
    this.say(fill(this.words[code], { count }), "danger");
    for (const [key, text] of this.sheet.written) this.waiting(this.input(key), text);
    if (code === "ended") this.offerLogin();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), this.wait);
    this.wait = Math.min(this.wait * 2, 15000);
  }

  offerLogin() {
    const link = document.createElement("a");
    link.className = "ds-link";
    link.href = this.form.dataset.login;
    link.target = "_blank";
    link.textContent = this.words.log_in;
    document.getElementById("saved").append(" ", link);
  }

  tell() {
    if (this.sent) return;
    const count = this.pending.size;
    document.getElementById("first-fault").hidden = !this.sheet.firstFault();
    if (this.stopped) this.say(fill(this.words.stopped_saving, { why: this.stopped, count }), "danger");
    else if (count) this.say(fill(this.words.must_be_put_right, { count }), "danger");
    else this.say(this.words.all_saved, "done");
  }

  // What others have done, while nothing of ours is on its way.
  async follow() {
    if (this.sent || this.stopped || document.hidden) return;
    try {
      const answer = await fetch(`${this.form.dataset.cells}?since=${this.changed}`, {
        headers: { Accept: "application/json" },
        signal: AbortSignal.timeout(10000),
      });
      if (answer.status === 401 && !this.pending.size) return this.retry("ended");
      if (answer.status !== 200) return;
      const told = await answer.json();
      // What was asked before something was saved may come after it, and then tells of what was.
      if (!this.sent && Number(told.changed) >= Number(this.changed)) this.show(told);
    } catch { /* no line: the next round tries again */ }
  }

  // Bring the page to what the server holds, save where the reader has written something of their own.
  show(told) {
    this.changed = told.changed;
    for (const [code, row] of Object.entries(told.rows)) {
      for (const [field, value] of Object.entries(row.cells)) {
        const input = this.sheet.of(code, field);
        if (!input || this.pending.has(input.name) || input.dataset.held === value) continue;
        // The change event will ask, with what it was before: a clash is told.
        if (input === document.activeElement && input.value !== input.dataset.held) continue;
        input.dataset.held = value;
        this.sheet.set(input, value);
      }
      const line = document.getElementById(`row-${code}`);
      const list = line.querySelector(".flags");
      if ([...list.children].map((each) => each.textContent).join("\n") !== row.flags.join("\n")) {
        list.replaceChildren(...row.flags.map((flag) => Object.assign(document.createElement("li"), { textContent: flag })));
      }
      line.toggleAttribute("data-unreasoned", row.unreasoned);
      this.idle(this.sheet.of(code, "reason"), row.idle);
      this.sheet.dispatchEvent(new CustomEvent("row", { detail: { code, row } }));
    }
    this.sheet.dispatchEvent(new CustomEvent("told"));
    if (told.moves !== this.moves) {
      const token = this.form.elements.csrfmiddlewaretoken.value;
      document.getElementById("moves").innerHTML = told.moves.replaceAll("of-the-page", token);
      this.moves = told.moves;
    }
    const undo = document.getElementById("undo");
    undo.hidden = !told.undo;
    undo.elements.event.value = told.undo ?? "";
  }

  // A reason left from an earlier number stays, greyed, with the word that it is not printed.
  idle(input, idle) {
    const cell = input.closest("td");
    const note = cell.querySelector(".idle-note");
    cell.classList.toggle("idle", idle);
    if (!idle) note?.remove();
    else if (!note) input.after(Object.assign(document.createElement("p"), { className: "idle-note", textContent: this.words.reason_idle }));
    this.describe(input);
  }

  // What stands below a field belongs to it: what is wrong with it first.
  describe(input) {
    const note = document.getElementById(`e-${input.name}`) ?? input.closest("td").querySelector(".idle-note");
    if (!note) return input.removeAttribute("aria-describedby");
    note.id ||= `i-${input.name}`;
    input.setAttribute("aria-describedby", note.id);
  }

  fault(fault) {
    const input = this.sheet.of(fault.m, fault.f) ?? this.sheet.of(fault.m, "number");
    for (const key of this.pending.keys()) if (key.startsWith(`${fault.m}-`)) this.faulty.add(key);
    const nodes = [document.createTextNode(fault.words)];
    const text = this.sheet.written.get(input.name);
    if (text !== undefined) nodes.unshift(this.line(fill(this.words.pasted, { text })));
    if (this.pending.has(input.name)) {
      const value = this.sheet.shown(input, input.dataset.held) || this.words.clash_empty;
      nodes.push(this.button(fill(this.words.keep_stored, { value }), () => this.back(input)));
    }
    this.note(input, nodes);
  }

  // Take a cell back to what the server holds.
  back(input) {
    const mine = this.sheet.value(input);
    this.sheet.set(input, input.dataset.held);
    this.drop(input, mine);
    this.pending.set(input.name, input.dataset.held);
    this.add([input]);
    input.focus();
  }

  // What never came to stand cannot be taken back later either.
  drop(input, mine) {
    this.sheet.dispatchEvent(new CustomEvent("dropped", { detail: { key: input.name, value: mine } }));
  }

  // What was pasted and not yet read, and cannot be shown in its cell.
  waiting(input, text) {
    if (input.getAttribute("aria-invalid")) return;
    this.note(input, [document.createTextNode(fill(this.words.pasted, { text }))]);
    input.removeAttribute("aria-invalid");
  }

  // Somebody else has changed a cell: it holds what goes together with it, until one of the two is chosen.
  clash(told, held) {
    const clash = this.clashOf(this.sheet.of(told.m, told.f));
    for (const field of told.held) {
      const input = this.sheet.of(told.m, field);
      input.dataset.held = held[field];
      clash.keys.set(input.name, { base: held[field], theirs: held[field] });
    }
    const key = `${told.m}-${told.f}`;
    clash.sides.set(key, { before: told.before, theirs: held[told.f], mine: told.mine });
    this.tellClash(clash);
  }

  // The same found here: an act is to be taken back or done again, and its cells hold what somebody else has written.
  hold(sides) {
    for (const { key, before, theirs } of sides) {
      const input = this.input(key);
      const clash = this.clashOf(input);
      if (!this.pending.has(key)) this.pending.set(key, input.dataset.held);
      clash.keys.set(key, { base: this.pending.get(key), theirs });
      if (before !== theirs) clash.sides.set(key, { before, theirs });
      this.tellClash(clash);
    }
    this.keep();
    this.tell();
  }

  clashOf(input) {
    const group = this.sheet.groupOf(input);
    if (!this.clashes.has(group)) this.clashes.set(group, { group, keys: new Map(), sides: new Map() });
    return this.clashes.get(group);
  }

  // Written before a clash is settled: it is held with it.
  join(clash, key) {
    const base = this.input(key).dataset.held;
    if (!clash.keys.has(key)) clash.keys.set(key, { base, theirs: base });
  }

  // Told at the first cell of it: each side that differs, with what is written now as one's own.
  tellClash(clash) {
    if (!clash.sides.size) return;
    const input = this.input([...clash.sides.keys()][0]);
    const nodes = [document.createTextNode(this.words.clash_title)];
    for (const [key, side] of clash.sides) {
      const each = this.input(key);
      const mine = clash.keys.has(key) ? this.sheet.value(each) : side.mine;
      if (clash.sides.size > 1) nodes.push(this.line(each.closest("td").dataset.label));
      nodes.push(this.sides(each, { ...side, mine }));
    }
    nodes.push(this.button(this.words.keep_mine, () => this.settle(clash, input, true)));
    nodes.push(this.button(this.words.take_theirs, () => this.settle(clash, input, false)));
    this.note(input, nodes);
  }

  sides(input, told) {
    const parts = document.createElement("dl");
    for (const side of ["before", "theirs", "mine"]) {
      if (told[side] === undefined) continue;
      const name = Object.assign(document.createElement("dt"), { textContent: this.words[`clash_${side}`] });
      const words = this.sheet.shown(input, told[side]) || this.words.clash_empty;
      parts.append(name, Object.assign(document.createElement("dd"), { textContent: words }));
    }
    return parts;
  }

  settle(clash, at, mine) {
    this.clashes.delete(clash.group);
    for (const key of clash.sides.keys()) this.clear(this.input(key));
    for (const [key, { base, theirs }] of clash.keys) {
      const input = this.input(key);
      const written = this.sheet.value(input);
      input.dataset.held = base;
      if (!mine) {
        this.sheet.set(input, theirs);
        this.drop(input, written);
      }
      this.pending.set(key, base);
      this.settled(key);
      for (const { name, dataset } of this.sheet.beside(input)) {
        if (mine) this.seen.set(name, clash.sides.get(name)?.theirs ?? dataset.held); // told, and chosen against
      }
    }
    this.source = "";
    this.prune();
    this.keep();
    at.focus();
    return this.send();
  }

  line(words) {
    return Object.assign(document.createElement("p"), { textContent: words });
  }

  button(words, done) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "ds-button", textContent: words });
    button.dataset.size = "sm";
    button.dataset.variant = "secondary";
    button.addEventListener("click", done);
    return button;
  }

  note(input, nodes) {
    this.clear(input);
    const note = document.createElement("div");
    note.className = "ds-validation-message note";
    note.id = `e-${input.name}`;
    note.append(...nodes);
    input.setAttribute("aria-invalid", "true");
    input.after(note);
    this.describe(input);
  }

  clear(input) {
    input.removeAttribute("aria-invalid");
    document.getElementById(`e-${input.name}`)?.remove();
    this.describe(input);
  }
}

// Undo and redo: each act is a batch of cells with what they were and became.
class History {
  constructor(sheet, saver) {
    Object.assign(this, { sheet, saver, done: [], undone: [], count: 0 });
    this.known = new Map([...sheet.inputs].map(([key, input]) => [key, sheet.value(input)]));
    sheet.addEventListener("made", (event) => this.made(event.detail));
    sheet.addEventListener("dropped", (event) => this.drop(event.detail));
    sheet.addEventListener("changed", (event) => this.known.set(event.detail.name, sheet.value(event.detail)));
  }

  commit(inputs) {
    const act = [];
    for (const input of inputs) {
      const value = this.sheet.value(input);
      const before = this.known.get(input.name);
      if (before !== value) act.push([input.name, before, value]);
    }
    if (!act.length) return;
    this.count += 1;
    act.number = this.count;
    this.done.push(act);
    this.undone = [];
    const written = act.map(([key]) => this.sheet.inputs.get(key));
    for (const input of written) this.sheet.dispatchEvent(new CustomEvent("changed", { detail: input }));
    this.saver.add(written, { act });
  }

  // What the server made of an act: a cell as it was read, and what followed (a number says that it is asked).
  made({ made, sent }) {
    for (const [code, fields] of Object.entries(made)) {
      for (const [field, [was, now]] of Object.entries(fields)) {
        const input = this.sheet.of(code, field);
        const own = input && sent.get(input.name);
        if (own) this.read(own, input.name, was, now);
        else if (input && was !== now) this.follow(input, was, now, sent);
      }
    }
  }

  read({ value, by }, key, was, now) {
    const cell = by?.act.find((each) => each[0] === key);
    if (!cell) return;
    if (cell[by.side] === value) cell[by.side] = now;
    if (was !== now) return;
    // Somebody had written the same before us: that is not ours to take back, nor was it while it was on its way.
    const turned = by.side !== this.sideOf(by.act);
    this.take(by.act, key);
    if (!turned) return;
    const input = this.sheet.inputs.get(key);
    this.sheet.set(input, now);
    this.saver.add([input]);
  }

  sideOf(act) {
    return this.done.includes(act) ? 2 : 1;
  }

  // Take a cell out of an act.
  take(act, key) {
    act.splice(act.findIndex((cell) => cell[0] === key), 1);
    for (const acts of [this.done, this.undone]) if (!act.length && acts.includes(act)) acts.splice(acts.indexOf(act), 1);
  }

  // The choice follows from the number, and the rest from the choice: it belongs to the act that wrote that.
  follow(input, was, now, sent) {
    const { code, field } = input.dataset;
    const { act, side } = sent.get(this.sheet.of(code, field === "asked" ? "number" : "asked")?.name)?.by ?? {};
    if (!act || act.some(([key]) => key === input.name)) return;
    const cell = side === 2 ? [input.name, was, now] : [input.name, now, was];
    if (side === this.sideOf(act)) {
      act.push(cell);
      const later = this.done.find((each) => each.number > act.number && each.some(([key]) => key === input.name));
      const next = later?.find(([key]) => key === input.name);
      if (next?.[1] === was) next[1] = now;
      return;
    }
    // The act was turned while it was on its way: what followed goes with the next that wrote there, or back at once.
    const heir = this.done.find((each) => each.number > act.number && each.some(([key]) => this.goesWith(input, key)));
    if (heir) {
      if (!heir.some(([key]) => key === input.name)) heir.push([input.name, was, now]);
      return;
    }
    act.push(cell);
    if (this.sheet.value(input) !== now) return;
    this.sheet.set(input, was);
    this.saver.add([input], { source: "undo", from: new Map([[input.name, now]]), act, side: 3 - side });
  }

  goesWith(input, key) {
    return this.sheet.groupOf(this.sheet.inputs.get(key)) === this.sheet.groupOf(input);
  }

  // An act that did not come to stand in a cell has nothing to take back there.
  drop({ key, value }) {
    for (const [acts, side] of [[this.done, 2], [this.undone, 1]]) {
      const act = acts.findLast((each) => each.some((cell) => cell[0] === key && cell[side] === value));
      if (act) return this.take(act, key);
    }
  }

  undo() {
    this.turn(this.done, this.undone, 1);
  }

  redo() {
    this.turn(this.undone, this.done, 2);
  }

  // To one side of an act from the other. Cells that hold something else are another's by now: that is asked about.
  turn(from, to, side) {
    const act = from.pop();
    if (!act) return;
    to.push(act);
    const other = 3 - side;
    const input = (cell) => this.sheet.inputs.get(cell[0]);
    const groups = new Map();
    for (const cell of act) {
      const group = this.sheet.groupOf(input(cell));
      groups.set(group, [...(groups.get(group) ?? []), cell]);
    }
    const written = [];
    for (const [group, cells] of groups) {
      const holds = (at) => (cell) => this.sheet.value(input(cell)) === cell[at];
      const strange = !this.saver.clashes.has(group) && !cells.every(holds(other));
      if (strange && cells.every(holds(side))) continue;
      const sides = cells.map((cell) => ({ key: cell[0], before: cell[other], theirs: this.sheet.value(input(cell)) }));
      for (const cell of cells) this.sheet.set(input(cell), cell[side]);
      if (strange) this.saver.hold(sides);
      else written.push(...cells.map(input));
    }
    this.sheet.reveal(input(act[0]));
    input(act[0]).focus();
    this.saver.add(written, { source: "undo", from: new Map(act.map((cell) => [cell[0], cell[other]])), act, side });
  }
}

// Moving, picking, copying, pasting, filling.
class Picker {
  constructor(sheet, history, words) {
    Object.assign(this, { sheet, history, words, anchor: null, rest: document.getElementById("pasted") });
  }

  place(input) {
    const rows = this.sheet.rows();
    const row = rows.indexOf(input.closest("tr"));
    return { rows, row, column: this.sheet.cells(rows[row]).indexOf(input) };
  }

  at(rows, row, column) {
    const cells = rows[row] ? this.sheet.cells(rows[row]) : [];
    return cells[Math.max(0, Math.min(column, cells.length - 1))];
  }

  // To a cell beside or below; picking, the cells between stay picked.
  go(input, down, across, picking = false) {
    const { rows, row, column } = this.place(input);
    const next = this.at(rows, row + down, column + across);
    if (!next || column + across < 0) return;
    if (picking) this.pick(input, next);
    else next.focus();
    next.select?.();
  }

  key(event) {
    const input = event.target;
    if (!this.sheet.keyOf(input)) return;
    const { key } = event;
    const command = event.ctrlKey || event.metaKey;
    if (command && !event.altKey) return this.command(event, input);
    if (event.altKey) return;
    if (key === "Enter") {
      event.preventDefault();
      this.leave(input);
      this.go(input, event.shiftKey ? -1 : 1, 0);
    } else if (key === "Escape") {
      this.sheet.put(input, input.dataset.held);
      this.unpick();
    } else if (key === "ArrowUp" || key === "ArrowDown") {
      event.preventDefault();
      this.leave(input);
      this.go(input, key === "ArrowUp" ? -1 : 1, 0, event.shiftKey);
    } else if ((key === "ArrowLeft" || key === "ArrowRight") && this.atEdge(input, key, event.shiftKey)) {
      event.preventDefault();
      this.go(input, 0, key === "ArrowLeft" ? -1 : 1, event.shiftKey);
    } else if ((key === "Delete" || key === "Backspace") && this.picked().length > 1) {
      event.preventDefault();
      this.write(this.picked().map((each) => [each, ""]));
    }
  }

  command(event, input) {
    const key = event.key.toLowerCase();
    if (key === "d") {
      event.preventDefault();
      this.leave(input);
      this.fillDown(input);
    } else if (key === "z" || key === "y") {
      event.preventDefault();
      this.leave(input);
      if (key === "y" || event.shiftKey) this.history.redo();
      else this.history.undo();
    } else if (key === "s") {
      event.preventDefault();
      this.leave(input);
    }
  }

  // A native change event comes only as the focus moves; an act by the keyboard saves first.
  leave(input) {
    this.history.commit([input]);
  }

  atEdge(input, key, picking) {
    if (picking || input.tagName === "SELECT") return true;
    if (input.selectionStart === null) return false; // a date moves within itself
    const all = input.selectionStart === 0 && input.selectionEnd === input.value.length;
    if (all) return true;
    const at = key === "ArrowLeft" ? 0 : input.value.length;
    return input.selectionStart === at && input.selectionEnd === at;
  }

  mouse(event) {
    const input = event.target.closest?.(".cell");
    if (!input || !event.shiftKey || !this.sheet.keyOf(document.activeElement)) return this.unpick();
    event.preventDefault();
    this.pick(document.activeElement, input);
  }

  focus(event) {
    if (!this.extending && this.sheet.keyOf(event.target) && !this.picked().includes(event.target)) this.unpick();
  }

  pick(from, to) {
    this.extending = true;
    this.anchor ??= from;
    to.focus();
    const one = this.place(this.anchor);
    const other = this.place(to);
    this.clearPicked();
    for (let row = Math.min(one.row, other.row); row <= Math.max(one.row, other.row); row += 1) {
      for (let column = Math.min(one.column, other.column); column <= Math.max(one.column, other.column); column += 1) {
        this.at(one.rows, row, column)?.classList.add("picked");
      }
    }
    this.extending = false;
  }

  unpick() {
    this.anchor = null;
    this.clearPicked();
  }

  clearPicked() {
    for (const each of this.sheet.body.querySelectorAll(".cell.picked")) each.classList.remove("picked");
  }

  // Those that are picked and shown: what a filter has hidden since is not filled or emptied unseen.

  picked() {
    return [...this.sheet.body.querySelectorAll(".cell.picked")].filter(
      (input) => !input.closest("tr").hidden && !input.closest("td").hidden,
    );
  }

  lines(inputs) {
    const rows = new Map();
    for (const input of inputs) {
      const row = input.closest("tr");
      rows.set(row, [...(rows.get(row) ?? []), input]);
    }
    return [...rows.values()];
  }

  copy(event) {
    const inputs = this.picked();
    if (inputs.length < 2) return;
    event.preventDefault();
    const told = (input) => this.sheet.shown(input, this.sheet.value(input));
    event.clipboardData.setData("text/plain", textOf(this.lines(inputs).map((line) => line.map(told))));
  }

  paste(event) {
    const input = event.target;
    const text = event.clipboardData.getData("text/plain");
    if (!this.sheet.keyOf(input) || !text) return;
    const table = tableOf(text);
    const one = table.length === 1 && table[0].length === 1;
    // A lone text goes where the caret stands, as in any field.
    if (one && input.tagName === "INPUT" && input.type !== "date" && table[0][0] === text.replace(/\r?\n$/, "")) return;
    event.preventDefault();
    const { rows, row, column } = this.place(input);
    const { cells, rows: below, columns } = laid(table, rows.slice(row).map((each) => this.sheet.cells(each).slice(column)));
    this.write(cells);
    this.tellRest(below, columns);
  }

  // How much of what was pasted found no row or no column in the sheet.
  tellRest(rows, columns) {
    const told = [];
    if (rows) told.push(fill(this.words.paste_rows, { count: rows }));
    if (columns) told.push(fill(this.words.paste_columns, { count: columns }));
    this.rest.textContent = told.join(" ");
  }

  fillDown(input) {
    const inputs = this.picked();
    if (inputs.length > 1) {
      const [first, ...rest] = this.lines(inputs);
      this.write(rest.flatMap((line) => line.map((each, at) => [each, this.sheet.value(first[at])])));
      return;
    }
    const { rows, row, column } = this.place(input);
    const above = row > 0 ? this.at(rows, row - 1, column) : null;
    if (above) this.write([[input, this.sheet.value(above)]]);
  }

  // One act on many cells: one event. What they are, the server reads.
  write(cells) {
    for (const [input, value] of cells) this.sheet.put(input, value);
    this.history.commit(cells.map(([input]) => input));
  }
}

// Sorting, filtering, grouping and hiding; what is chosen is kept for the next time.
class Tools {
  constructor(form, table, body, sheet, shown, words) {
    Object.assign(this, { table, body, sheet, shown, words });
    this.rows = [...body.rows];
    this.filter = document.getElementById("filter");
    this.only = document.getElementById("only");
    this.group = document.getElementById("group");
    this.choices = [...document.querySelectorAll("#columns input")];
    this.state = this.remembered();
    for (const choice of this.choices) {
      if (choice.id in this.state.columns) choice.checked = this.state.columns[choice.id];
      choice.addEventListener("change", () => this.columns());
    }
    this.group.checked = this.state.group;
    this.filter.addEventListener("input", () => this.lay());
    this.only.addEventListener("change", () => this.lay());
    this.group.addEventListener("change", () => this.lay());
    for (const head of table.tHead.rows[0].cells) this.sortable(head);
    sheet.addEventListener("changed", () => this.sums());
    sheet.addEventListener("told", () => this.follow());
    sheet.addEventListener("reveal", (event) => this.reveal(event.detail));
    this.columns();
    this.lay();
  }

  remembered() {
    const begun = { columns: {}, group: false };
    try {
      return { ...begun, ...JSON.parse(localStorage.getItem(this.shown) ?? "{}") };
    } catch {
      return begun;
    }
  }

  remember() {
    const columns = Object.fromEntries(this.choices.map((choice) => [choice.id, choice.checked]));
    try {
      localStorage.setItem(this.shown, JSON.stringify({ columns, group: this.group.checked }));
    } catch { /* not kept */ }
  }

  columns() {
    for (const choice of this.choices) {
      for (const column of choice.dataset.columns.split(" ")) {
        for (const cell of this.table.querySelectorAll(`[data-column="${column}"]`)) cell.hidden = !choice.checked;
      }
    }
    this.remember();
  }

  reveal(field) {
    const choice = this.choices.find((each) => each.dataset.columns.split(" ").includes(field));
    if (!choice) return;
    choice.checked = true;
    this.columns();
  }

  sortable(head) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    button.setAttribute("aria-label", fill(this.words.sort_by, { column: button.textContent }));
    button.addEventListener("click", () => {
      const falling = head.getAttribute("aria-sort") === "ascending";
      for (const each of head.parentNode.cells) each.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", falling ? "descending" : "ascending");
      this.sort = { column: head.dataset.column, falling };
      this.lay();
    });
    head.append(button);
  }

  value(row, column) {
    if (column === "name") return row.dataset.name;
    const cell = row.querySelector(`[data-column="${column}"]`);
    const input = cell.querySelector(".cell");
    return input ? input.value : (cell.dataset.value ?? cell.textContent.trim());
  }

  compare(one, other) {
    if (!this.sort) return 0;
    const { column, falling } = this.sort;
    const [left, right] = [this.value(one, column), this.value(other, column)];
    if (!left || !right) return Number(!left) - Number(!right); // what is missing comes last either way
    const [a, b] = [whole(left), whole(right)];
    const found = a !== null && b !== null ? a - b : left.localeCompare(right, "nb");
    return falling ? -found : found;
  }

  fits(row) {
    if (!row.dataset.name.toLowerCase().includes(this.filter.value.trim().toLowerCase())) return false;
    const number = this.sheet.of(row.dataset.code, "number").value;
    if (this.only.value === "blank") return number === "";
    if (this.only.value === "flagged") return row.querySelector(".flags li") !== null;
    return this.only.value !== "unreasoned" || this.lacksReason(row);
  }

  // Which numbers must be reasoned is the server's to say; here they are only counted and shown.
  lacksReason(row) {
    return row.hasAttribute("data-unreasoned");
  }

  // What the server told may change what a filter shows; the row that is worked in stays where it is.
  follow() {
    for (const row of this.rows) if (!row.contains(document.activeElement)) row.hidden = !this.fits(row);
    for (const head of this.body.querySelectorAll(".region")) head.hidden = this.under(head).every((row) => row.hidden);
    document.getElementById("no-rows").hidden = this.rows.some((row) => !row.hidden);
    this.sums();
  }

  under(head) {
    const rows = [];
    for (let row = head.nextElementSibling; row?.dataset.code; row = row.nextElementSibling) rows.push(row);
    return rows;
  }

  lay() {
    for (const old of this.body.querySelectorAll(".region")) old.remove();
    const focused = document.activeElement;
    const rows = [...this.rows].sort((one, other) => this.compare(one, other));
    for (const row of rows) row.hidden = !this.fits(row);
    if (this.group.checked) this.byRegion(rows);
    else this.body.append(...rows);
    if (focused?.closest?.("#desk")) focused.focus();
    document.getElementById("no-rows").hidden = rows.some((row) => !row.hidden);
    this.sums();
    this.remember();
  }

  byRegion(rows) {
    const regions = new Map();
    for (const row of rows) {
      const region = row.dataset.region || this.words.no_region;
      regions.set(region, [...(regions.get(region) ?? []), row]);
    }
    const names = [...regions.keys()].sort((one, other) => one.localeCompare(other, "nb"));
    for (const name of names) {
      const head = document.createElement("tr");
      head.className = "region";
      head.hidden = regions.get(name).every((row) => row.hidden);
      const cell = document.createElement("th");
      cell.colSpan = this.table.tHead.rows[0].cells.length;
      cell.scope = "rowgroup";
      cell.append(name, document.createElement("span"));
      head.append(cell);
      this.body.append(head, ...regions.get(name));
    }
  }

  // The sums, from what stands in the cells now.
  sums() {
    const told = { number: null, under15: null, from15: null };
    let missing = 0;
    for (const row of this.rows) {
      for (const field of Object.keys(told)) {
        const value = whole(this.sheet.of(row.dataset.code, field).value);
        if (value !== null) told[field] = (told[field] ?? 0) + value;
      }
      if (this.sheet.of(row.dataset.code, "number").value === "") missing += 1;
    }
    for (const head of this.body.querySelectorAll(".region")) this.sumOf(head);
    this.put("number", spaced(told.number ?? 0));
    for (const field of ["under15", "from15"]) if (told[field] !== null) this.put(field, spaced(told[field]));
    this.put("missing", spaced(missing));
    this.put("unreasoned", spaced(this.rows.filter((row) => this.lacksReason(row)).length));
    const left = document.querySelector('[data-sum="left"]');
    if (left) {
      const rest = Number(left.dataset.target) - (told.number ?? 0);
      left.dataset.kind = rest < 0 ? "over" : rest ? "left" : "even";
      this.put("left", fill(this.words[`against_${left.dataset.kind}`], { number: spaced(Math.abs(rest)) }));
    }
  }

  sumOf(head) {
    const sum = this.under(head).reduce((held, row) => held + (whole(this.sheet.of(row.dataset.code, "number").value) ?? 0), 0);
    head.querySelector("span").textContent = `${this.words.sum} ${spaced(sum)}`;
  }

  put(name, text) {
    const place = document.querySelector(`[data-sum="${name}"]`);
    if (place && place.textContent !== text) place.textContent = text;
  }
}

// Map and likeness in step with the table.
class Pictures {
  constructor(sheet) {
    this.sheet = sheet;
    this.panel = document.getElementById("pictures");
    this.chart = this.panel.querySelector(".likeness");
    sheet.addEventListener("changed", (event) => this.move(event.detail.dataset.code));
    sheet.addEventListener("row", (event) => this.colour(event.detail));
    sheet.body.addEventListener("focusin", (event) => this.mark(event.target.closest("tr")?.dataset.code));
    this.panel.addEventListener("click", (event) => {
      const code = event.target.closest("[data-code]")?.dataset.code;
      const input = code && sheet.of(code, "number");
      if (!input) return;
      event.preventDefault();
      document.getElementById(`row-${code}`).hidden = false;
      input.focus();
      input.select();
    });
  }

  of(code) {
    return this.panel.querySelectorAll(`[data-code="${code}"]`);
  }

  mark(code) {
    for (const each of this.panel.querySelectorAll(".marked")) each.classList.remove("marked");
    if (code) for (const each of this.of(code)) each.classList.add("marked");
  }

  move(code) {
    const number = whole(this.sheet.of(code, "number").value);
    const dot = this.chart.querySelector(`[data-code="${code}"]`);
    if (dot) {
      const { most, span, bottom } = this.chart.dataset;
      dot.classList.toggle("none", number === null);
      dot.setAttribute("cy", String(bottom - Math.sqrt(Math.min(number ?? 0, most) / most) * span));
      dot.firstElementChild.textContent = number === null ? dot.dataset.name : `${dot.dataset.name}: ${number}`;
    }
  }

  colour({ code, row }) {
    this.move(code);
    const tile = this.panel.querySelector(`.map [data-code="${code}"]`);
    if (!tile) return;
    const number = row.cells.number;
    for (const look of [...tile.classList]) if (/^t[0-5x]$/.test(look)) tile.classList.remove(look);
    tile.classList.add(row.look);
    tile.setAttribute("aria-label", row.title);
    const title = tile.querySelector("title");
    if (title) title.textContent = row.title;
    let told = tile.querySelector("text");
    if (!told && number) {
      const box = tile.querySelector("rect");
      told = document.createElementNS("http://www.w3.org/2000/svg", "text");
      told.setAttribute("x", String(Number(box.getAttribute("x")) + Number(box.getAttribute("width")) / 2));
      told.setAttribute("y", String(Number(box.getAttribute("y")) + Number(box.getAttribute("height")) / 2 + 4));
      tile.append(told);
    }
    if (told) told.textContent = number;
  }
}

const form = document.getElementById("sheet");
if (form) start(form);
