// @ts-check
// Meeting mode. Without this script every form, link and number works by itself; with it one municipality is shown at a
// time, what is written is saved as the field is left, keys turn the pages, and the meeting has a clock.

import { byId, first, made } from "./page.js";

const room = byId("room");
const { saving = "", unsaved = "", waits = "" } = room.dataset;

/**
 * Give the name under which the browser keeps something of this meeting.
 *
 * @param {string} what
 */
function kept(what) {
  return `bosett-${room.dataset.meeting}-${what}`;
}

/**
 * Give all elements that a selector fits.
 *
 * @param {string} what
 * @param {ParentNode} [inside]
 */
function all(what, inside = document) {
  const list = /** @type {NodeListOf<HTMLElement>} */ (inside.querySelectorAll(what));
  return [...list];
}

/**
 * Give all fields that a selector fits.
 *
 * @param {string} what
 * @param {ParentNode} inside
 */
function fields(what, inside) {
  return /** @type {HTMLInputElement[]} */ (all(what, inside));
}

// ---- One municipality at a time

function shown() {
  const asked = location.hash.slice(1);
  return document.getElementById(asked)?.matches(".stage > .place") ? asked : "at-county";
}

function turn({ focus = false } = {}) {
  if (!document.getElementById("at-county")) return;
  const here = shown();
  for (const place of all(".stage > .place")) place.hidden = place.id !== here;
  for (const link of /** @type {HTMLAnchorElement[]} */ (all("#places a"))) {
    const current = link.hash === `#${here}`;
    if (current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
    if (current) reveal(link);
  }
  if (focus) {
    all(`#${here} h2`)[0]?.focus({ preventScroll: true });
    (document.fullscreenElement ?? window).scrollTo({ top: 0 });
  }
}

/**
 * Scrolls the list alone, never the page.
 *
 * @param {HTMLElement} link
 */
function reveal(link) {
  const list = link.closest("ol");
  if (!list) return;
  const [box, own] = [list.getBoundingClientRect(), link.getBoundingClientRect()];
  if (own.top < box.top) list.scrollTop -= box.top - own.top;
  if (own.bottom > box.bottom) list.scrollTop += own.bottom - box.bottom;
}

addEventListener("hashchange", () => turn({ focus: true }));

// ---- Keys: outside fields, and only while they are switched on

const [switched] = fields(".keys input", document);
const FORWARD = ["ArrowRight", "n"];
const BACK = ["ArrowLeft", "p"];

addEventListener("keydown", (event) => {
  const target = /** @type {Element} */ (event.target);
  if (event.ctrlKey || event.metaKey || event.altKey || target.closest("input, textarea, select")) return;
  if (event.key.length === 1 && !switched?.checked) return;
  const way = FORWARD.includes(event.key) ? "after" : BACK.includes(event.key) ? "before" : null;
  const link = /** @type {HTMLAnchorElement | null} */ (
    way && document.querySelector(`#${shown()} [data-turn=${way}]`)
  );
  if (!link) return;
  event.preventDefault();
  location.hash = link.hash;
});

if (switched) {
  switched.checked = sessionStorage.getItem(kept("keys")) !== "off";
  switched.addEventListener("change", () => sessionStorage.setItem(kept("keys"), switched.checked ? "on" : "off"));
  first(document, ".keys").hidden = false;
}

// ---- Saving: one form after the other, each by its own address

/** @type {Promise<void>} */
let last = Promise.resolve();

/**
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement | null} [submitter]
 */
function save(form, submitter) {
  const sent = new FormData(form, submitter);
  last = last.then(() => post(form, submitter, sent));
  return last;
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement | null | undefined} submitter
 * @param {FormData} sent
 */
async function post(form, submitter, sent) {
  tell(form, saving);
  let page;
  let answer;
  try {
    const address = submitter?.hasAttribute("formaction") ? submitter.formAction : form.action;
    answer = await fetch(address, { method: "POST", body: sent });
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    tell(form, unsaved, true);
    return;
  }
  if (!page.getElementById("room")) {
    // Logged out, or in another role: the server says so on a page of its own.
    HTMLFormElement.prototype.submit.call(form);
    return;
  }
  const words = page.querySelector(answer.ok ? ".ds-alert[role=status]" : ".faults :is(li, p)");
  if (form.matches(".outcome")) settle(form, page, sent, answer.ok);
  else if (form.matches(".rest")) for (const each of outcomes()) settle(each, page, new FormData(each), true);
  else if (answer.ok) form.reset();
  if (answer.ok) take(page);
  // A fault that stands at its field is not said twice.
  const atField = all(".ds-validation-message", form).length > 0;
  tell(form, !answer.ok && atField ? waits : (words?.textContent ?? ""), !answer.ok);
}

function outcomes() {
  return /** @type {HTMLFormElement[]} */ (all(".outcome"));
}

/**
 * @param {HTMLFormElement} form
 * @param {string} words
 */
function tell(form, words, fault = false) {
  const place = form.querySelector(".answer") ?? made("p", "");
  if (!form.contains(place)) {
    place.className = "answer";
    place.setAttribute("role", "status");
    form.append(place);
  }
  place.textContent = words;
  place.classList.toggle("fault", fault);
}

/**
 * Takes what others read: sums, list, points, comments. What somebody is writing in is left alone.
 *
 * @param {Document} page
 */
function take(page) {
  for (const id of ["sums", "places", "points", ...all(".ks-said[id]").map((each) => each.id)]) {
    const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
    if (!old || !fresh || old.innerHTML === fresh.innerHTML) continue;
    const scrolled = old.querySelector("ol")?.scrollTop;
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    if (id === "places") first(old, "ol").replaceWith(first(fresh, "ol"));
    else old.replaceChildren(...fresh.childNodes);
    if (scrolled) first(old, "ol").scrollTop = scrolled;
    if (focused && !old.contains(focused)) {
      const again = focused.id ? document.getElementById(focused.id) : null;
      (again ?? all("input, button", old)[0])?.focus();
    }
  }
  const rest = document.querySelector(".rest button");
  if (rest && !page.querySelector(".rest button")) rest.remove();
  turn();
}

/**
 * Brings a form to what the server holds: its faults, and its values unless they were changed since.
 *
 * @param {HTMLFormElement} form
 * @param {Document} page
 * @param {FormData} sent
 * @param {boolean} saved
 */
function settle(form, page, sent, saved) {
  for (const field of /** @type {Iterable<HTMLInputElement>} */ (form.elements)) {
    if (!field.name) continue;
    const [fresh] = fields(`[name="${field.name}"]:not(button)`, page);
    if (!fresh || field.matches("button")) continue;
    if (field.id) judge(field, fresh, page);
    if (saved && field.value === sent.get(field.name)) field.value = fresh.value;
  }
}

/**
 * Says of a field what the server says of it: that it is wrong and why, or nothing.
 *
 * @param {HTMLInputElement} field
 * @param {HTMLInputElement} fresh
 * @param {Document} page
 */
function judge(field, fresh, page) {
  for (const name of ["aria-invalid", "aria-describedby"]) {
    const said = fresh.getAttribute(name);
    if (said === null) field.removeAttribute(name);
    else field.setAttribute(name, said);
  }
  const fault = page.getElementById(`e-${field.id}`);
  document.getElementById(`e-${field.id}`)?.remove();
  if (fault) field.after(fault);
}

/**
 * Taken back to what is stored: nothing to save, and nothing wrong.
 *
 * @param {HTMLFormElement} form
 */
function same(form) {
  const [was] = fields("[name$=-was-outcome]", form);
  const entries = fields(".entries .ds-input", form).map((field) => field.value.trim());
  return entries.join("|") === was?.value;
}

/** @param {HTMLFormElement} form */
function clear(form) {
  for (const fault of all(".ds-validation-message", form)) fault.remove();
  for (const field of all("[aria-invalid]", form)) field.removeAttribute("aria-invalid");
  tell(form, "");
}

room.addEventListener("change", (event) => {
  const form = /** @type {HTMLFormElement | null} */ (/** @type {Element} */ (event.target).closest("form.outcome"));
  if (!form) return;
  if (same(form)) clear(form);
  else save(form);
});

room.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (!form.matches("form.outcome, form.point, form.saying, form.rest")) return;
  event.preventDefault();
  save(form, /** @type {HTMLButtonElement | null} */ (event.submitter));
});

// Who only reads sees what the directorate writes.
if ("follows" in room.dataset) {
  setInterval(async () => {
    const open = fields("input:not([type]), input[type=text], textarea", room);
    if (document.hidden || open.some((each) => each.value !== each.defaultValue)) return;
    try {
      const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
      if (!page.getElementById("room")) return;
      for (const place of all(".stage > .place")) {
        const fresh = page.getElementById(place.id);
        if (fresh && !place.contains(document.activeElement)) place.replaceChildren(...fresh.childNodes);
      }
      take(page);
    } catch {
      // The next try may reach it.
    }
  }, 15000);
}

// ---- The clock of the meeting, and the whole screen

const clock = first(document, ".clock");
const output = first(clock, "output");
const run = first(clock, "[data-clock=run]");
/** @type {{ spent: number, since: number | null }} milliseconds: spent before, and the moment since which it runs */
let time = { spent: 0, since: null, ...JSON.parse(sessionStorage.getItem(kept("clock")) ?? "{}") };

function tick() {
  const seconds = Math.floor((time.spent + (time.since ? Date.now() - time.since : 0)) / 1000);
  const hours = Math.floor(seconds / 3600);
  const parts = [...(hours ? [hours] : []), Math.floor(seconds / 60) % 60, seconds % 60];
  output.textContent = parts.map((part) => String(part).padStart(2, "0")).join(":");
}

/** @param {typeof time} next */
function set(next) {
  time = next;
  sessionStorage.setItem(kept("clock"), JSON.stringify(time));
  run.textContent = (time.since ? run.dataset.pause : run.dataset.start) ?? "";
  tick();
}

run.addEventListener("click", () => {
  const now = Date.now();
  set(time.since ? { spent: time.spent + now - time.since, since: null } : { spent: time.spent, since: now });
});
first(clock, "[data-clock=reset]").addEventListener("click", () => set({ spent: 0, since: null }));

const whole = first(clock, "[data-screen]");
whole.hidden = !document.fullscreenEnabled;
whole.addEventListener("click", () =>
  document.fullscreenElement ? document.exitFullscreen() : room.requestFullscreen(),
);

setInterval(tick, 1000);
set(time);
clock.hidden = false;
room.dataset.live = "";
turn();
