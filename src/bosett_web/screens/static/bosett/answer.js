// @ts-check
// A file that cannot be kept is told of before the form is sent, so that nothing that was filled in is lost on the way.
// Without this script the server says the same.

import { made } from "./page.js";

const field = /** @type {HTMLInputElement | null} */ (document.getElementById("a-attachment"));

field?.addEventListener("change", async () => {
  const fault = await faultOf(field.files?.[0], field.dataset);
  field.setCustomValidity(fault);
  tell(field, fault);
});

field?.form?.addEventListener("submit", (event) => {
  if (field.validity.valid) return;
  event.preventDefault();
  field.focus();
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

/**
 * Say at a field what is wrong, as the server does.
 *
 * @param {HTMLInputElement} field
 * @param {string} fault - empty when nothing is
 */
function tell(field, fault) {
  const id = `${field.id}-error`;
  const described = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((each) => each && each !== id);
  document.getElementById(id)?.remove();
  field.toggleAttribute("aria-invalid", Boolean(fault));
  if (fault) {
    const words = made("p", fault);
    words.className = "ds-validation-message";
    words.id = id;
    field.setAttribute("aria-invalid", "true");
    field.after(words);
    described.push(id);
  }
  field.setAttribute("aria-describedby", described.join(" "));
}
