// Keys: each needs Alt or Ctrl, so that no key that is typed by itself, or by speech, does anything.
const AT = { KeyJ: () => step(1), KeyK: () => step(-1), KeyN: take, KeyR: () => focus("text"), KeyC: () => focus("by-code"), KeyP: () => document.querySelector("textarea.proposed")?.focus() };

export function press(chatId) {
  open.id = chatId;
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return; // AltGr is Alt with Ctrl
    const act = AT[event.code];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

const open = { id: "" };

function step(by) {
  const own = [...document.querySelectorAll("#own a.entry")];
  if (!own.length) return;
  const at = own.findIndex((entry) => entry.id === `chat-${open.id}`);
  own[at < 0 ? 0 : (at + by + own.length) % own.length].click();
}

function take() {
  (document.querySelector("button.take-open") ?? document.querySelector("#waiting button.take"))?.click();
}

function focus(id) {
  document.getElementById(id)?.focus();
}
