// @ts-check
// Which columns are shown.

export class Columns {
  /**
   * @param {HTMLTableElement} table
   * @param {Record<string, boolean>} shown - by choice, as it was kept
   * @param {() => void} chosen - told when another choice is made
   */
  constructor(table, shown, chosen) {
    this.table = table;
    this.chosen = chosen;
    /** @type {HTMLInputElement[]} */
    this.choices = [...document.querySelectorAll(/** @type {"input"} */ ("#columns [data-columns]"))];
    for (const choice of this.choices) {
      choice.checked = shown[choice.id] ?? choice.checked;
      choice.addEventListener("change", () => this.show());
    }
  }

  show() {
    for (const choice of this.choices) {
      for (const column of columnsOf(choice)) {
        const cells = /** @type {NodeListOf<HTMLElement>} */ (this.table.querySelectorAll(`[data-column="${column}"]`));
        for (const cell of cells) cell.hidden = !choice.checked;
      }
    }
    this.chosen();
  }

  /** @param {string} field */
  reveal(field) {
    const choice = this.choices.find((each) => columnsOf(each).includes(field));
    if (!choice) return;
    choice.checked = true;
    this.show();
  }

  // What is chosen otherwise than the page has it: that may be another for another county.
  get shown() {
    const chosen = this.choices.filter((choice) => choice.checked !== choice.defaultChecked);
    return Object.fromEntries(chosen.map((choice) => [choice.id, choice.checked]));
  }
}

/** @param {HTMLInputElement} choice */
function columnsOf(choice) {
  return (choice.dataset.columns ?? "").split(" ");
}
