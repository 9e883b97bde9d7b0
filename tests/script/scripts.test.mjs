// @ts-check

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const SERVED = fileURLToPath(new URL("..", import.meta.resolve("#bosett/sheet/sheet.js")));

/** @param {string} folder */
function scriptsIn(folder) {
  const names = readdirSync(folder, { recursive: true }).map(String);
  return names.filter((name) => /\.m?js$/.test(name)).map((name) => `${folder}/${name}`);
}

test("every script asks editors to check its types, as lint does", () => {
  const scripts = [...scriptsIn(SERVED), ...scriptsIn(HERE)];
  assert.ok(scripts.length > 20);
  const unchecked = scripts.filter((path) => !readFileSync(path, "utf-8").startsWith("// @ts-check\n"));
  assert.deepEqual(unchecked, []);
});
