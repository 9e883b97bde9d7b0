// @ts-check
// The sheet's own script on a page that a test moves: what it saves, undoes and is told.
// One line of JSON in is one command; one line out is what the page then shows, and the request that it waits with.

import { createInterface } from "node:readline";
import * as page from "./script/page.mjs";

/** @type {ReturnType<typeof page.open>} */
let sheet;
let copied = "";

/** @param {string} key */
const cell = (key) => sheet.grid.cell(key);

/**
 * What a command is told is the caller's to know: sheetpages.py.
 *
 * @type {Record<string, (told: any) => unknown>}
 */
const commands = {
  begin(told) {
    sheet = page.open(told);
  },
  write({ cells }) {
    sheet.clipboard.write(cells.map((/** @type {[string, string]} */ [key, value]) => [cell(key), value]));
  },
  paste({ name, text }) {
    let taken = false;
    sheet.clipboard.paste(
      /** @type {any} */ ({
        target: cell(name).input,
        clipboardData: { getData: () => text },
        preventDefault() {
          taken = true;
        },
      }),
    );
    if (!taken) commands.write?.({ cells: [[name, text]] }); // as a browser does by itself
  },
  copy({ names }) {
    for (const name of names) sheet.picker.choose(cell(name));
    sheet.clipboard.copy(
      /** @type {any} */ ({
        preventDefault() {},
        clipboardData: {
          setData(/** @type {string} */ _, /** @type {string} */ text) {
            copied = text;
          },
        },
      }),
    );
    sheet.picker.unpick();
  },
  undo: () => sheet.history.undo(),
  redo: () => sheet.history.redo(),
  // Not waited for: they are done when the test has answered.
  send() {
    sheet.saver.send();
  },
  follow() {
    sheet.saver.follow();
  },
  /** @param {{ name: string, code: import("#bosett/sheet/words.js").Code }} told */
  choose({ name, code }) {
    page.press(name, sheet.saver.words[code].split("{")[0] ?? "");
  },
  // The request that waits is answered, or its line is broken.
  answer({ method, status, told }) {
    return page.answer(method, status === undefined ? undefined : { status, told: ofThePage(told) });
  },
};

/**
 * What is told of the county's other municipalities has no row here.
 *
 * @param {{ rows: object }} told
 */
function ofThePage(told) {
  const rows = Object.entries(told.rows).filter(([code]) => page.elements.has(`row-${code}`));
  return { ...told, rows: Object.fromEntries(rows) };
}

function shown() {
  const { grid, saver, history, said } = sheet;
  /** @type {Record<string, object>} */
  const cells = {};
  for (const [key, { input, held }] of grid.cells) {
    const note = page.elements.get(`e-${key}`)?.textContent ?? "";
    cells[key] = { value: input.value, held, pending: saver.queue.pending.has(key), note };
  }
  return {
    cells,
    said: { ...said, copied },
    rest: page.elements.get("pasted")?.textContent,
    requests: Object.fromEntries([...page.waiting].map(([method, { body }]) => [method, body])),
    done: history.done.length,
    undone: history.undone.length,
    kept: page.store.get("kept") ?? "",
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  const { command, ...told } = JSON.parse(line);
  await commands[command]?.(told);
  await page.quiet();
  process.stdout.write(`${JSON.stringify(shown())}\n`);
}
