// The county's sheet: keyboard, blocks, saving as one leaves a cell, following others, nothing lost.
// The page works without it: then the form is saved by its button.

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
    if (sheet.keyOf(input)) history.commit([input]);
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
    input.closest("tr").hidden = false;
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

function whole(text) {
  const digits = text.replace(/\s/g, "");
  return /^\d+$/.test(digits) ? Number(digits) : null;
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

  set(input, value) {
    if (input.value === value) return;
    // What is about to be written over stays so: a new value would else take what is typed at its end.
    const chosen = input === document.activeElement && input.selectionStart === 0 && input.selectionEnd === input.value.length;
    input.value = value;
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
    this.faulty = new Set();
    this.clashing = new Set();
    this.sending = false;
    this.stopped = "";
    this.wait = 1000;
    this.changed = form.dataset.changed;
    addEventListener("online", () => this.send());
    addEventListener("pagehide", () => this.keep());
    setInterval(() => this.follow(), 4000);
  }

  add(inputs, source = "") {
    for (const input of inputs) {
      const key = this.sheet.keyOf(input);
      // A row is held against itself: with one cell written anew, the others that did not stand are tried again.
      for (const other of [...this.faulty]) if (other.startsWith(`${input.dataset.code}-`)) this.faulty.delete(other);
      if (this.clashing.has(key)) {
        this.rewritten(input);
        continue;
      }
      this.clear(input);
      if (input.value === input.dataset.held) this.pending.delete(key);
      else if (!this.pending.has(key)) this.pending.set(key, input.dataset.held);
    }
    this.source = source;
    this.keep();
    return this.send();
  }

  keep() {
    const cells = [...this.pending].map(([key, before]) => [key, this.sheet.inputs.get(key).value, before]);
    try {
      if (cells.length) localStorage.setItem(this.kept, JSON.stringify(cells));
      else localStorage.removeItem(this.kept);
    } catch { /* a browser that keeps nothing: what is on the page stays on the page */ }
  }

  restore() {
    let cells = [];
    try {
      cells = JSON.parse(localStorage.getItem(this.kept) ?? "[]");
    } catch { /* unreadable: nothing to restore */ }
    let count = 0;
    for (const [key, value, before] of cells) {
      const input = this.sheet.inputs.get(key);
      if (!input || input.dataset.held === value) continue;
      this.sheet.set(input, value);
      this.pending.set(key, before);
      count += 1;
    }
    if (count) this.say(fill(this.words.restored, { count }), "waiting");
    else this.tell();
    this.send();
  }

  async send() {
    const keys = [...this.pending.keys()].filter((key) => !this.faulty.has(key) && !this.clashing.has(key));
    if (this.sending || this.stopped || !keys.length) return this.tell();
    this.sending = true;
    this.say(this.words.saving, "waiting");
    const sent = new Map(keys.map((key) => [key, this.sheet.inputs.get(key).value]));
    const cells = keys.map((key) => {
      const input = this.sheet.inputs.get(key);
      return { m: input.dataset.code, f: input.dataset.field, v: sent.get(key), b: this.pending.get(key) };
    });
    const fields = new URLSearchParams({
      csrfmiddlewaretoken: this.form.elements.csrfmiddlewaretoken.value,
      shown_to: this.form.elements.shown_to.value,
      cells: JSON.stringify(cells),
      source: this.source ?? "",
    });
    try {
      const answer = await fetch(this.form.dataset.cells, {
        method: "POST",
        body: fields,
        headers: { Accept: "application/json" },
        signal: AbortSignal.timeout(15000),
      });
      // Nothing else is sent before the answer is read whole: what it tells is what the next one starts from.
      const told = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
      this.sending = false;
      this.answered(answer, told, sent);
    } catch {
      this.sending = false;
      this.offline();
    }
  }

  answered(answer, told, sent) {
    if (answer.status === 401) return this.retry("ended");
    if (answer.status >= 500 || answer.redirected || (answer.ok && !told.rows)) return this.offline();
    if (!answer.ok) {
      this.stopped = told.why ?? String(answer.status);
      return this.tell();
    }
    this.wait = 1000;
    const left = new Set([...told.faults, ...told.clashes].map((each) => `${each.m}-${each.f}`));
    for (const [key, value] of sent) {
      if (left.has(key)) continue;
      const input = this.sheet.inputs.get(key);
      input.dataset.held = value;
      // Written on while it was being sent: that is a new change, of what the server now holds.
      if (input.value === value) this.pending.delete(key);
      else this.pending.set(key, value);
    }
    this.show(told, new Set(sent.keys()));
    for (const fault of told.faults) this.fault(fault);
    for (const clash of told.clashes) this.clash(clash);
    this.keep();
    return this.send();
  }

  offline() {
    this.retry("offline");
  }

  retry(code) {
    const count = this.pending.size;
    this.say(fill(this.words[code], { count }), "danger");
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
    if (this.sending) return;
    const count = this.pending.size;
    document.getElementById("first-fault").hidden = !this.sheet.firstFault();
    if (this.stopped) this.say(fill(this.words.stopped_saving, { why: this.stopped, count }), "danger");
    else if (count) this.say(fill(this.words.must_be_put_right, { count }), "danger");
    else this.say(this.words.all_saved, "done");
  }

  // What others have done, while nothing of ours is on its way.
  async follow() {
    if (this.sending || this.stopped || document.hidden) return;
    try {
      const answer = await fetch(`${this.form.dataset.cells}?since=${this.changed}`, {
        headers: { Accept: "application/json" },
        signal: AbortSignal.timeout(10000),
      });
      if (answer.status === 401 && !this.pending.size) return this.retry("ended");
      if (answer.status !== 200 || this.sending) return;
      this.show(await answer.json(), new Set());
    } catch { /* no line: the next round tries again */ }
  }

  // Bring the page to what the server holds, save where the reader has written something of their own.
  show(told, own) {
    this.changed = told.changed;
    const derived = [];
    for (const [code, row] of Object.entries(told.rows)) {
      for (const [field, value] of Object.entries(row.cells)) {
        const input = this.sheet.of(code, field);
        if (!input || this.pending.has(input.name) || input.dataset.held === value) continue;
        const writing = input === document.activeElement && input.value !== input.dataset.held;
        const before = input.dataset.held;
        if (!own.has(input.name) && [...own].some((key) => key.startsWith(`${code}-`))) derived.push([input.name, before, value]);
        if (writing) continue; // the change event will ask, with what it was before: a clash is told
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
    this.sheet.dispatchEvent(new CustomEvent("derived", { detail: derived }));
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
    this.note(input, [document.createTextNode(fault.words)]);
  }

  clash(clash) {
    const input = this.sheet.of(clash.m, clash.f);
    this.clashing.add(input.name);
    const parts = document.createElement("dl");
    for (const side of ["before", "theirs", "mine"]) {
      const name = Object.assign(document.createElement("dt"), { textContent: this.words[`clash_${side}`] });
      const value = Object.assign(document.createElement("dd"), { textContent: clash[`${side}_words`] });
      parts.append(name, value);
    }
    const settle = (words, done) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "ds-button", textContent: words });
      button.dataset.size = "sm";
      button.dataset.variant = "secondary";
      button.addEventListener("click", () => {
        this.clashing.delete(input.name);
        input.dataset.held = clash.theirs;
        this.pending.delete(input.name);
        done();
        input.focus();
      });
      return button;
    };
    this.note(input, [
      document.createTextNode(this.words.clash_title),
      parts,
      settle(this.words.keep_mine, () => this.add([input])),
      settle(this.words.take_theirs, () => {
        this.sheet.set(input, clash.theirs);
        this.add([input]);
      }),
    ]);
  }

  // Written anew before a clash is settled: its note stays, for without it nobody could settle it, and tells the new value.
  rewritten(input) {
    const mine = document.getElementById(`e-${input.name}`)?.querySelector("dd:last-of-type");
    if (mine) mine.textContent = input.selectedOptions?.[0]?.textContent ?? input.value;
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
    Object.assign(this, { sheet, saver, done: [], undone: [] });
    this.known = new Map([...sheet.inputs].map(([key, input]) => [key, input.value]));
    sheet.addEventListener("derived", (event) => this.derive(event.detail));
    sheet.addEventListener("changed", (event) => {
      if (!this.moving) this.known.set(event.detail.name, event.detail.value);
    });
  }

  commit(inputs) {
    const batch = [];
    for (const input of inputs) {
      const before = this.known.get(input.name);
      if (before !== input.value) batch.push([input.name, before, input.value]);
      this.known.set(input.name, input.value);
    }
    if (!batch.length) return;
    this.done.push(batch);
    this.undone = [];
    this.announce(batch);
    this.saver.add(batch.map(([key]) => this.sheet.inputs.get(key)));
  }

  // What the server made of it besides (a number says that it is asked) belongs to the same act.
  derive(cells) {
    const last = this.done.at(-1);
    if (last) last.push(...cells.filter(([key]) => !last.some(([own]) => own === key)));
  }

  undo() {
    this.turn(this.done, this.undone, 1);
  }

  redo() {
    this.turn(this.undone, this.done, 2);
  }

  turn(from, to, side) {
    const batch = from.pop();
    if (!batch) return;
    to.push(batch);
    this.moving = true;
    const inputs = batch.map((cell) => {
      const input = this.sheet.inputs.get(cell[0]);
      this.sheet.set(input, cell[side]);
      this.known.set(cell[0], cell[side]);
      return input;
    });
    this.moving = false;
    this.announce(batch);
    inputs[0].focus();
    this.saver.add(inputs, "undo");
  }

  announce(batch) {
    for (const [key] of batch) this.sheet.dispatchEvent(new CustomEvent("changed", { detail: this.sheet.inputs.get(key) }));
  }
}

// Moving, picking, copying, pasting, filling.
class Picker {
  constructor(sheet, history, words) {
    Object.assign(this, { sheet, history, words, anchor: null });
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
      input.value = input.dataset.held;
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
    for (const each of this.picked()) each.classList.remove("picked");
    for (let row = Math.min(one.row, other.row); row <= Math.max(one.row, other.row); row += 1) {
      for (let column = Math.min(one.column, other.column); column <= Math.max(one.column, other.column); column += 1) {
        this.at(one.rows, row, column)?.classList.add("picked");
      }
    }
    this.extending = false;
  }

  unpick() {
    this.anchor = null;
    for (const each of this.picked()) each.classList.remove("picked");
  }

  picked() {
    return [...this.sheet.body.querySelectorAll(".cell.picked")];
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
    const told = (input) => (input.tagName === "SELECT" ? (input.value ? input.selectedOptions[0].text : "") : input.value);
    const text = this.lines(inputs).map((line) => line.map(told).join("\t")).join("\n");
    event.clipboardData.setData("text/plain", text);
  }

  paste(event) {
    const input = event.target;
    const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
    if (!this.sheet.keyOf(input) || !(text.includes("\t") || text.includes("\n"))) {
      if (!(input.tagName === "SELECT")) return;
    }
    event.preventDefault();
    const { rows, row, column } = this.place(input);
    const cells = [];
    text.split("\n").forEach((line, down) => {
      line.split("\t").forEach((value, across) => {
        const target = rows[row + down] ? this.sheet.cells(rows[row + down])[column + across] : null;
        if (target) cells.push([target, value.trim()]);
      });
    });
    this.write(cells);
  }

  fillDown(input) {
    const inputs = this.picked();
    if (inputs.length > 1) {
      const [first, ...rest] = this.lines(inputs);
      this.write(rest.flatMap((line) => line.map((each, at) => [each, first[at].value])));
      return;
    }
    const { rows, row, column } = this.place(input);
    const above = row > 0 ? this.at(rows, row - 1, column) : null;
    if (above) this.write([[input, above.value]]);
  }

  // One act on many cells: one event.
  write(cells) {
    const inputs = [];
    for (const [input, value] of cells) {
      input.value = input.tagName === "SELECT" ? this.choice(value) : value;
      inputs.push(input);
    }
    this.history.commit(inputs);
  }

  choice(value) {
    const said = value.trim().toLowerCase();
    if (["yes", "ja", "j", "y", this.words.asked_yes].includes(said)) return "yes";
    return ["no", "nei", "n", this.words.asked_no].includes(said) ? "no" : "";
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
