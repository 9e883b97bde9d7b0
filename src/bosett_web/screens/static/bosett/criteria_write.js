// @ts-check
// Tells those who hear the page, and the style sheet, which fields are wrong after the server has looked at what is typed.
// The words of what is wrong come with the answer; without this script the page that a button asks for says both.

import { byId } from "./page.js";

/** Mark each field that has something wrong beside it, and no other. */
function mark() {
  for (const place of byId("cards").querySelectorAll(".fault")) {
    const field = byId(place.id.replace(/-error$/, ""));
    if (place.childElementCount) {
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", place.id);
    } else {
      field.removeAttribute("aria-invalid");
    }
  }
}

document.addEventListener("htmx:afterSettle", mark);
