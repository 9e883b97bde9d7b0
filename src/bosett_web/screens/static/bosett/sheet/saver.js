// @ts-check
// Saves cells as they are written, one request after the other; keeps what could not be sent; follows what others do.

/** @import { Made, Sent } from "./act.js" */
/** @import { Cell } from "./cell.js" */
/** @import { Grid } from "./grid.js" */
/** @import { Kept } from "./kept.js" */
/** @import { Writing } from "./queue.js" */
/** @import { Answer, Fault, Saved, Server } from "./server.js" */
/** @import { Words } from "./words.js" */

import { byId, made } from "../page.js";
import { Clashes } from "./clashes.js";
import { Mirror } from "./mirror.js";
import { button, Notes } from "./notes.js";
import { Queue } from "./queue.js";
import { fill } from "./words.js";

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 15000;

export class Saver {
  /**
   * @param {Grid} grid
   * @param {Server} server
   * @param {Kept} kept
   * @param {{ changed: string, login: string }} page - the event that it was read at, and the address to log in by
   * @param {Words} words
   * @param {(text: string, kind: "waiting" | "danger" | "done") => void} say - tells how it stands with all of it
   */
  constructor(grid, server, kept, page, words, say) {
    this.grid = grid;
    this.server = server;
    this.kept = kept;
    this.login = page.login;
    this.words = words;
    this.say = say;
    this.notes = new Notes(words);
    this.queue = new Queue(grid);
    this.mirror = new Mirror(grid, this.queue, this.notes, page.changed, server.token);
    this.clashes = new Clashes(grid, this.queue, this.notes, words, (at) => this.settled(at));
    this.source = "";
    this.stopped = "";
    this.wait = FIRST_WAIT;
  }

  /**
   * Save cells that are written anew.
   *
   * @param {readonly Cell[]} cells
   * @param {Writing & { source?: string }} [how]
   */
  add(cells, { source = "", ...writing } = {}) {
    for (const cell of cells) {
      this.queue.write(cell, writing);
      if (this.clashes.join(cell)) continue;
      this.notes.clear(cell);
      this.queue.settle(cell);
      this.queue.see(cell, writing);
    }
    this.source = source;
    this.keep();
    return this.send();
  }

  /**
   * Let cells wait for a choice between what an act would write and what somebody else has written.
   *
   * @param {readonly { key: string, before: string, theirs: string }[]} sides
   */
  hold(sides) {
    this.clashes.ask(sides);
    this.kept.write(this.queue.lines());
    this.tell();
  }

  keep() {
    this.queue.prune();
    this.kept.write(this.queue.lines());
  }

  // Take up what a page before this could not send.
  restore() {
    const count = this.queue.restore(this.kept.claim());
    if (count) this.say(fill(this.words.restored, { count }), "waiting");
    else this.tell();
    return this.send();
  }

  /** @returns {Promise<void>} */
  async send() {
    const sent = this.stopped ? null : this.queue.take((cell) => this.clashes.hold(cell));
    if (!sent) {
      this.tell();
      return;
    }
    this.say(this.words.saving, "waiting");
    let answer;
    try {
      answer = await this.server.save(this.queue.asked(sent), this.source);
    } catch {
      this.queue.unanswered();
      this.retry("offline");
      return;
    }
    this.queue.sent = null;
    await this.answered(answer, sent);
  }

  /**
   * @param {Answer} answer
   * @param {Map<string, Sent>} sent
   */
  answered({ status, ok, redirected, told }, sent) {
    if (status === 401) return this.retry("ended");
    if (status >= 500 || redirected || (ok && !told.rows)) return this.retry("offline");
    if (!ok) {
      this.stopped = told.why ?? String(status);
      return this.tell();
    }
    this.wait = FIRST_WAIT;
    this.take(/** @type {Saved} */ (told), sent);
    this.keep();
    return this.send();
  }

  /**
   * Take what the server tells of cells that were sent.
   *
   * @param {Saved} saved
   * @param {Map<string, Sent>} sent
   */
  take(saved, sent) {
    for (const key of sent.keys()) this.queue.unsure.delete(key);
    const left = new Set(saved.faults.map((each) => `${each.m}-${each.f}`));
    for (const clash of saved.clashes) for (const field of clash.held) left.add(`${clash.m}-${field}`);
    for (const [key, { value }] of sent) if (!left.has(key)) this.stood(this.grid.cell(key), value, saved.made);
    this.queue.rebase(saved.made, sent);
    this.mirror.show(saved);
    for (const fault of saved.faults) this.fault(fault);
    for (const clash of saved.clashes) this.clashes.tell(clash, saved.rows[clash.m]?.cells ?? {});
    this.grid.tell("made", { made: saved.made, sent });
  }

  /**
   * @param {Cell} cell
   * @param {string} value
   * @param {Made} made
   */
  stood(cell, value, made) {
    const now = made[cell.code]?.[cell.field]?.[1] ?? value;
    const waits = this.clashes.stood(cell, now);
    if (!this.queue.stood(cell, value, now)) return;
    if (!waits) this.notes.clear(cell);
    this.grid.set(cell, now);
  }

  /**
   * Try again later, each time after twice as long.
   *
   * @param {"offline" | "ended"} why
   */
  retry(why) {
    this.say(fill(this.words[why], { count: this.queue.size }), "danger");
    for (const cell of this.grid.cells.values()) if (cell.written !== null) this.notes.waiting(cell, cell.written);
    if (why === "ended") this.offerLogin();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  offerLogin() {
    const link = made("a", this.words.log_in);
    link.className = "ds-link";
    link.href = this.login;
    link.target = "_blank";
    byId("saved").append(" ", link);
  }

  tell() {
    if (this.queue.sent) return;
    const count = this.queue.size;
    byId("first-fault").hidden = !this.grid.firstFault();
    if (this.stopped) this.say(fill(this.words.stopped_saving, { why: this.stopped, count }), "danger");
    else if (count) this.say(fill(this.words.must_be_put_right, { count }), "danger");
    else this.say(this.words.all_saved, "done");
  }

  // What others have done, while nothing of ours is on its way.
  async follow() {
    if (this.queue.sent || this.stopped || document.hidden) return;
    try {
      const { status, standing } = await this.server.since(this.mirror.changed);
      if (status === 401 && !this.queue.size) this.retry("ended");
      // What was asked before something was saved may come after it, and then tells of what was.
      const newer = standing && Number(standing.changed) >= Number(this.mirror.changed);
      if (newer && !this.queue.sent) this.mirror.show(standing);
    } catch {
      // No line: the next round tries again.
    }
  }

  /** @param {Fault} fault */
  fault(fault) {
    const cell = this.grid.of(fault.m, fault.f) ?? this.grid.cell(`${fault.m}-number`);
    this.queue.fault(fault.m);
    /** @type {(Node | string)[]} */
    const nodes = [fault.words];
    if (cell.written !== null) nodes.unshift(made("p", fill(this.words.pasted, { text: cell.written })));
    if (this.queue.pending.has(cell.key)) {
      const value = cell.told(cell.held) || this.words.clash_empty;
      nodes.push(button(fill(this.words.keep_stored, { value }), () => this.back(cell)));
    }
    this.notes.mark(cell, nodes);
  }

  /**
   * Take a cell back to what the server holds. What never came to stand cannot be taken back later either.
   *
   * @param {Cell} cell
   */
  back(cell) {
    const mine = cell.value;
    this.grid.set(cell, cell.held);
    this.grid.tell("dropped", { key: cell.key, value: mine });
    this.queue.pending.set(cell.key, cell.held);
    this.add([cell]);
    cell.input.focus();
  }

  /** @param {Cell} at */
  settled(at) {
    this.source = "";
    this.keep();
    at.input.focus();
    return this.send();
  }
}
