// The key / leads to the helper's field from every page; it can be turned off in the account (WCAG 2.1.4).
const TYPED = "input, textarea, select, [contenteditable]";

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.altKey || event.ctrlKey || event.metaKey || event.target.closest?.(TYPED)) return;
  event.preventDefault();
  const field = document.getElementById("words");
  if (field) {
    field.focus();
    field.select();
  } else {
    document.querySelector('.bar nav a[href$="/helper"]')?.click();
  }
});
