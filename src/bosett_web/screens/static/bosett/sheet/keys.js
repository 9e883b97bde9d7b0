// @ts-check
// The keyboard: what each key does in a cell.

/** @import { Cell } from "./cell.js" */
/** @import { Clipboard } from "./clipboard.js" */
/** @import { Grid } from "./grid.js" */
/** @import { History } from "./history.js" */
/** @import { Picker } from "./picker.js" */

export class Keys {
  /**
   * @param {Grid} grid
   * @param {History} history
   * @param {Picker} picker
   * @param {Clipboard} clipboard
   */
  constructor(grid, history, picker, clipboard) {
    this.grid = grid;
    this.history = history;
    this.picker = picker;
    this.clipboard = clipboard;
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const cell = this.grid.from(event.target);
    if (!cell) return;
    const command = event.ctrlKey || event.metaKey;
    if (event.altKey) return;
    const done = command ? this.command(event, cell) : this.plain(event, cell);
    if (done) event.preventDefault();
  }

  /**
   * Do what a key means by itself; tell whether it is ours.
   *
   * @param {KeyboardEvent} event
   * @param {Cell} cell
   */
  plain({ key, shiftKey }, cell) {
    if (key === "Enter") {
      this.leave(cell);
      this.picker.go(cell, shiftKey ? -1 : 1, 0);
      return true;
    }
    if (key === "Escape") {
      cell.put(cell.held);
      this.picker.unpick();
      return false;
    }
    if (key === "ArrowUp" || key === "ArrowDown") {
      this.leave(cell);
      this.picker.go(cell, key === "ArrowUp" ? -1 : 1, 0, shiftKey);
      return true;
    }
    if ((key === "ArrowLeft" || key === "ArrowRight") && atEdge(cell, key, shiftKey)) {
      this.picker.go(cell, 0, key === "ArrowLeft" ? -1 : 1, shiftKey);
      return true;
    }
    if ((key === "Delete" || key === "Backspace") && this.picker.picked().length > 1) {
      this.clipboard.empty();
      return true;
    }
    return false;
  }

  /**
   * Do what a key means with the command key; tell whether it is ours.
   *
   * @param {KeyboardEvent} event
   * @param {Cell} cell
   */
  command(event, cell) {
    const key = event.key.toLowerCase();
    if (!["d", "s", "y", "z"].includes(key)) return false;
    this.leave(cell);
    if (key === "d") this.clipboard.fillDown(cell);
    else if (key === "y" || (key === "z" && event.shiftKey)) this.history.redo();
    else if (key === "z") this.history.undo();
    return true;
  }

  /**
   * A native change event comes only as the focus moves; an act by the keyboard saves first.
   *
   * @param {Cell} cell
   */
  leave(cell) {
    this.history.commit([cell]);
  }
}

/**
 * Tell whether the caret stands where an arrow leads out of the cell.
 *
 * @param {Cell} cell
 * @param {"ArrowLeft" | "ArrowRight"} key
 * @param {boolean} picking
 */
function atEdge({ input }, key, picking) {
  if (picking || "options" in input) return true;
  if (input.selectionStart === null) return false; // a date moves within itself
  if (input.selectionStart === 0 && input.selectionEnd === input.value.length) return true;
  const at = key === "ArrowLeft" ? 0 : input.value.length;
  return input.selectionStart === at && input.selectionEnd === at;
}
