// The copy of everything that is kept: a button a format. The page fetches it, because only it holds the token.

import { el } from "../dom.js";
import { t } from "../texts.js";

const FORMATS = ["text", "json"];

/** Returns the buttons; a press is told as the event `export` with the format, for who holds the conversation. */
export function exported(card, { language }) {
  const buttons = card.formats
    .filter((format) => FORMATS.includes(format))
    .map((format) => {
      const button = el("button", { type: "button", class: "plain" }, t(language, `export_${format}`));
      button.addEventListener("click", () =>
        button.dispatchEvent(new CustomEvent("export", { bubbles: true, detail: { format, language } })),
      );
      return button;
    });
  return el("section", { class: "card export" }, el("h3", {}, t(language, "export")), el("p", {}, buttons));
}
