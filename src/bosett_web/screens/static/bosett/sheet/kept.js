// @ts-check
// What the browser keeps of cells that could not be sent, until they are: a page may be left, a machine may stop.

/** @import { Line } from "./queue.js" */

export class Kept {
  /** @param {string} name - shared with other pages of the same person: each writes and removes its own cells only */
  constructor(name) {
    this.name = name;
    /** @type {Set<string>} the keys of ours that it keeps */
    this.own = new Set();
  }

  /** @returns {Line[]} */
  read() {
    try {
      return JSON.parse(localStorage.getItem(this.name) ?? "[]");
    } catch {
      return []; // unreadable: nothing to restore
    }
  }

  // Take over what a page before this has left.
  claim() {
    const lines = this.read();
    for (const [key] of lines) this.own.add(key);
    return lines;
  }

  /** @param {readonly Line[]} lines */
  write(lines) {
    try {
      const cells = new Map(this.read().map((line) => [line[0], line]));
      for (const key of this.own) cells.delete(key);
      for (const line of lines) cells.set(line[0], line);
      this.own = new Set(lines.map(([key]) => key));
      if (cells.size) localStorage.setItem(this.name, JSON.stringify([...cells.values()]));
      else localStorage.removeItem(this.name);
    } catch {
      // A browser that keeps nothing: what is on the page stays on the page.
    }
  }
}
