// The clipboard's text as a table, and a table as such text: quoted cells, line breaks and quotation marks within them.
// Papa Parse reads it (the page loads it before this); what a cell then is, the server alone says.

const TABS = { delimiter: "\t", newline: "\n" };

// Rows of cells as they were written. Where quotation marks do not pair, no spreadsheet has set them: they are signs.
export function tableOf(text) {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  if (lines === "") return [[""]];
  const read = globalThis.Papa.parse(lines, TABS);
  if (read.errors.some((error) => error.type === "Quotes")) return lines.split("\n").map((line) => line.split("\t"));
  return read.data;
}

export function textOf(rows) {
  return globalThis.Papa.unparse(rows, TABS);
}

// A cell of the sheet is one line.
export function oneLine(text) {
  return text.replace(/\s*\n\s*/g, " ").trim();
}

// Lay a table over rows of cells: what each cell gets, and how many rows and columns, not blank, found no place.
export function laid(table, targets) {
  const blank = (text) => text.trim() === "";
  const widest = Math.max(0, ...targets.map((cells) => cells.length));
  const within = table.slice(0, targets.length);
  const beyond = new Set();
  const cells = [];
  within.forEach((line, down) => {
    line.forEach((value, across) => {
      const target = targets[down][across];
      if (target) cells.push([target, oneLine(value)]);
      else if (across >= widest && !blank(value)) beyond.add(across);
    });
  });
  const rows = table.slice(targets.length).filter((line) => !line.every(blank)).length;
  return { cells, rows, columns: beyond.size };
}
