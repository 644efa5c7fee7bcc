// The copy of everything that is kept: a button a format. The widget fetches it, because only it holds the token.

import { el } from "../dom";
import { t } from "../texts";
import type { Card, Context } from "../types";

const FORMATS = ["text", "json", "zip"];

/** Returns the buttons; a press is told as the event `export` with the format, for who holds the conversation. */
export function exported(card: Card & { formats: string[] }, { language }: Context): HTMLElement {
  const buttons = card.formats
    .filter((format) => FORMATS.includes(format))
    .map((format) => {
      const button = el("button", { type: "button", class: "plain" }, t(language, `export_${format}`));
      button.addEventListener("click", () =>
        button.dispatchEvent(new CustomEvent("export", { bubbles: true, detail: { format } })),
      );
      return button;
    });
  return el("section", { class: "card export" }, el("h4", {}, t(language, "export")), el("p", {}, buttons));
}
