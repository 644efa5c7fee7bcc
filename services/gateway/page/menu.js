// The options: starting anew, deleting the conversation, printing. What cannot be taken back is asked first.

import { t } from "./texts.js";

const byId = (id) => document.getElementById(id);

/** Makes the menu work; `language()` is the page's. */
export function makeMenu({ language, anew, erase }) {
  const menu = byId("menu");
  const close = () => {
    menu.open = false;
  };
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    close();
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) close();
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) close();
  });
  const choice = (id, action) => {
    byId(id).addEventListener("click", () => {
      close();
      menu.querySelector("summary").focus();
      action();
    });
  };
  choice("anew", async () => (await confirmed(language(), "anew", "anew")) && anew());
  choice("delete", async () => (await confirmed(language(), "delete", "delete_yes")) && erase());
  choice("print", () => window.print());
}

/** Asks in a dialog, with the focus on the harmless answer; resolves to whether it was confirmed. */
function confirmed(language, subject, yes) {
  const dialog = byId("confirm");
  byId("confirm-title").textContent = t(language, `${subject}_title`);
  byId("confirm-text").textContent = t(language, `${subject}_text`);
  byId("confirm-yes").textContent = t(language, yes);
  return new Promise((resolve) => {
    dialog.returnValue = "";
    byId("confirm-yes").onclick = () => dialog.close("yes");
    byId("confirm-no").onclick = () => dialog.close("");
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
    dialog.showModal();
    byId("confirm-no").focus();
  });
}

/** Opens what is folded for printing, and folds it again after. */
export function unfoldForPrint(root) {
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = [...root.querySelectorAll("details:not([open])")];
    for (const details of folded) details.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const details of folded) details.open = false;
  });
}
