// @ts-check
// One cell of the sheet: what stands in it, and what the server holds of it.

export class Cell {
  /**
   * @param {HTMLInputElement | HTMLSelectElement} input
   * @param {{ code: string, field: string, held: string, group: string }} facts
   *   group: cells that one key stroke may set together are one group of a municipality; any other is its own
   */
  constructor(input, { code, field, held, group }) {
    this.input = input;
    this.key = input.name;
    this.code = code;
    this.field = field;
    this.held = held;
    this.group = group;
    this.row = /** @type {HTMLTableRowElement} */ (input.closest("tr"));
    this.box = /** @type {HTMLTableCellElement} */ (input.closest("td"));
    /** @type {string | null} what was pasted where it cannot be shown, until it has been read */
    this.written = null;
  }

  get value() {
    return this.written ?? this.input.value;
  }

  get visible() {
    return !this.row.hidden && !this.box.hidden;
  }

  /**
   * Say a value of this cell as a person reads it.
   *
   * @param {string} value
   */
  told(value) {
    if ("options" in this.input) {
      return [...this.input.options].find((each) => each.value === value && value)?.text ?? value;
    }
    return this.input.type === "date" ? value.replace(/^(\d{4})-(\d\d)-(\d\d)$/, "$3.$2.$1") : value;
  }

  /**
   * Write a value. A choice or a day holds only what it knows: with anything else it goes on showing what the server holds.
   *
   * @param {string} value
   */
  put(value) {
    this.input.value = value;
    this.written = this.input.value === value ? null : value;
    if (this.written !== null) this.input.value = this.held;
  }

  // What is chosen whole is about to be written over.
  get chosen() {
    if (this.input !== document.activeElement || "options" in this.input) return false;
    return this.input.selectionStart === 0 && this.input.selectionEnd === this.input.value.length;
  }

  choose() {
    if (!("options" in this.input)) this.input.select();
  }
}
