// @ts-check
// Numbers drawn the same each time, so that a test that fails can be run again.

/**
 * Give a function that draws a whole number below another.
 *
 * @param {number} seed
 */
export function drawing(seed) {
  let state = seed;
  /** @param {number} below */
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0; // the generator of Numerical Recipes
    return Math.floor((state / 2 ** 32) * below);
  };
}
