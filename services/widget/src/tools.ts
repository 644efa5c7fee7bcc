// What can be done with an answer: copy it, hear it, and say whether it helped.

import { el } from "./dom";
import { icon, type IconName } from "./icons";
import type { Hooks } from "./message";
import { canSpeak, speak, type Spoken } from "./speech";
import { t } from "./texts";
import type { Language, Message, Received, Thumb } from "./types";

/** Returns the buttons under an answer. */
export function tools(entry: Received, language: Language, hooks: Hooks): HTMLElement {
  const { message } = entry;
  const text = message.text ?? "";
  return el(
    "ul",
    { class: "tools", "aria-label": t(language, "tools") },
    item(copying(text, language, hooks)),
    canSpeak() ? item(hearing(text, language)) : null,
    message.author === "assistant" && !isReceipt(message) ? thumbs(entry, language, hooks).map(item) : null,
  );
}

/** Tells whether a message is the receipt of an erasure, after which nobody is left to hear whether it helped. */
export function isReceipt(message: Message): boolean {
  return Boolean(message.cards?.some((card) => card.type === "receipt"));
}

function item(button: HTMLElement): HTMLElement {
  return el("li", {}, button);
}

function tool(name: IconName, words: string): HTMLButtonElement {
  return el("button", { type: "button", class: "tool", "aria-label": words, title: words }, icon(name));
}

function copying(text: string, language: Language, hooks: Hooks): HTMLElement {
  const button = tool("copy", t(language, "copy"));
  button.addEventListener("click", async () => {
    hooks.announce(t(language, (await copied(text)) ? "copy_done" : "copy_failed"), language);
  });
  return button;
}

/** Puts a text on the clipboard; false where the browser refuses. */
async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function hearing(text: string, language: Language): HTMLElement {
  const button = tool("speaker", t(language, "listen"));
  let spoken: Spoken | null = null;
  const show = (isOn: boolean): void => {
    const words = t(language, isOn ? "listen_stop" : "listen");
    button.replaceChildren(icon(isOn ? "stop" : "speaker"));
    button.setAttribute("aria-label", words);
    button.title = words;
  };
  button.addEventListener("click", () => {
    if (spoken) {
      spoken.stop();
      return;
    }
    show(true);
    spoken = speak(text, language, () => {
      spoken = null;
      show(false);
    });
  });
  return button;
}

function thumbs(entry: Received, language: Language, hooks: Hooks): HTMLElement[] {
  const buttons = (["up", "down"] as const).map((value) => ({
    value,
    button: tool(`thumb_${value}`, t(language, `thumb_${value}`)),
  }));
  const show = (taken: Thumb | null | undefined): void => {
    for (const { value, button } of buttons) button.setAttribute("aria-pressed", String(value === taken));
  };
  for (const { value, button } of buttons) {
    button.addEventListener("click", async () => {
      const before = entry.thumb;
      show(value);
      const done = await hooks.rate(entry, value);
      if (!done) show(before);
      hooks.announce(t(language, done ? "thumb_done" : "thumb_failed"), language);
    });
  }
  show(entry.thumb);
  return buttons.map(({ button }) => button);
}
