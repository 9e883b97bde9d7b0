// @ts-check
// Whole numbers as they are read and written on the page.

/**
 * Read a number that is summed while it is on its way; null when it is none. What it is, the server says.
 *
 * @param {string} text
 * @returns {number | null}
 */
export function whole(text) {
  const parted = /^(\d+|\d{1,3}([ \u00a0\u202f\u2009]\d{3})+)$/.test(text.trim());
  return parted ? Number(text.replace(/\D/g, "")) : null;
}

/**
 * Write a whole number with its digits in groups of three.
 *
 * @param {number} number
 */
export function spaced(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, "\u00a0");
}
