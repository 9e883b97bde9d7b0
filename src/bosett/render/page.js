"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const table = document.querySelector(".places");
  const bodies = () => [...table.tBodies];
  const order = new Intl.Collator(root.lang, { numeric: true });
  const live = document.getElementById("hits");

  const value = (body, column) => {
    const cell = body.rows[0].cells[column];
    return cell.dataset.v === undefined ? cell.textContent : cell.dataset.v;
  };
  const sort = (head) => {
    const down = head.getAttribute("aria-sort") === "ascending"
      || (!head.hasAttribute("aria-sort") && head.classList.contains("n"));
    const numeric = head.classList.contains("n");
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const compare = (a, b) => {
      const [x, y] = [value(a, head.cellIndex), value(b, head.cellIndex)];
      if (numeric && (x === "" || y === "")) return (x === "") - (y === "");
      const by = numeric ? Number(x) - Number(y) : order.compare(x, y);
      return (down ? -by : by) || order.compare(a.id, b.id);
    };
    const foot = table.tFoot;
    for (const body of bodies().sort(compare)) table.insertBefore(body, foot);
  };
  for (const head of table.tHead.rows[0].cells) {
    const button = head.querySelector("button");
    if (button) button.addEventListener("click", () => sort(head));
  }

  const search = document.getElementById("search");
  const find = () => {
    const wanted = search.value.trim().toLocaleLowerCase(root.lang);
    let shown = 0;
    for (const body of bodies()) {
      body.hidden = !body.dataset.find.includes(wanted);
      shown += !body.hidden;
    }
    live.textContent = live.dataset.form.replace("%shown", shown).replace("%all", bodies().length);
  };
  search.addEventListener("input", find);
  find();

  const open = () => {
    const body = /^#k[0-9]{4}$/.test(location.hash) && document.getElementById(location.hash.slice(1));
    if (!body) return;
    if (body.hidden) { search.value = ""; find(); body.scrollIntoView(); }
    const details = body.querySelector("details");
    if (details) { details.open = true; details.querySelector("summary").focus({ preventScroll: true }); }
  };
  addEventListener("hashchange", open);
  open();

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    for (const each of closed) each.open = true;
  });
  addEventListener("afterprint", () => { for (const each of closed) each.open = false; });
})();
