// @ts-check
// The words that the page gives the script, in the reader's language.

/**
 * @typedef {"all_saved" | "saving" | "offline" | "ended" | "restored" | "stopped_saving" | "must_be_put_right" |
 *   "log_in" | "clash_title" | "clash_before" | "clash_theirs" | "clash_mine" | "clash_empty" | "keep_mine" |
 *   "take_theirs" | "sort_by" | "no_region" | "sum" | "reason_idle" | "against_over" | "against_left" |
 *   "against_even" | "save_reason" | "pasted" | "keep_stored" | "paste_rows" | "paste_columns"} Code
 * @typedef {Readonly<Record<Code, string>>} Words
 */

/**
 * Fill facts in where a sentence names them: "{count} cells".
 *
 * @param {string} sentence
 * @param {Readonly<Record<string, string | number>>} facts
 */
export function fill(sentence, facts) {
  return sentence.replace(/{(\w+)}/g, (_, name) => String(facts[name] ?? ""));
}
