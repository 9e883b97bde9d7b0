// @ts-check
// A file that cannot be kept is told of before the form is sent, so that nothing that was filled in is lost on the way.
// Without this script the server says the same.

const field = /** @type {HTMLInputElement | null} */ (document.getElementById("a-attachment"));

field?.addEventListener("change", async () => {
  const fault = await faultOf(field.files?.[0], field.dataset);
  field.setCustomValidity(fault);
  if (fault) field.reportValidity();
});

/**
 * Say what is wrong with a file; empty when nothing is.
 *
 * @param {File | undefined} file
 * @param {DOMStringMap} rules - the largest size, and the words of what may be wrong
 */
async function faultOf(file, { most, large = "", kind = "" }) {
  if (!file) return "";
  if (file.size > Number(most)) return large;
  return (await file.slice(0, 5).text()) === "%PDF-" ? "" : kind;
}
