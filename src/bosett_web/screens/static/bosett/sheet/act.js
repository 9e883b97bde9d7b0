// @ts-check
// An act: what one key stroke, paste, fill or clearing wrote, with what the cells were and became.

/**
 * @typedef {"before" | "after"} Side
 * @typedef {{ key: string, before: string, after: string }} Change
 * @typedef {{ number: number, changes: Change[] }} Act
 * @typedef {{ act: Act, side: Side }} By  which act wrote a cell last, and to which side of it
 * @typedef {{ value: string, by: By | undefined }} Sent  what is sent of a cell
 * @typedef {Record<string, Record<string, [was: string, now: string]>>} Made  what the server made, by municipality and field
 */

/**
 * Give the other side of an act.
 *
 * @param {Side} side
 * @returns {Side}
 */
export function opposite(side) {
  return side === "before" ? "after" : "before";
}

/**
 * Give what an act did to a cell.
 *
 * @param {Act} act
 * @param {string} key
 */
export function changeOf(act, key) {
  return act.changes.find((change) => change.key === key);
}
