// One letter after the other by the arrow keys; without this script the links beside do the same.

const field = "input, textarea, select, [contenteditable]";

for (const keys of document.querySelectorAll(".way .keys")) keys.hidden = !document.querySelector("[rel=next], [rel=prev]");

addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.target.closest?.(field)) return;
  const way = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  const link = way && document.querySelector(`[rel=${way}]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});
