// What is there before the first message: what the assistant does, and questions to begin with.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./texts.js";

const STARTERS = ["waste", "transport", "parking", "moving", "commune"];

/** Writes the welcome in a language; `ask(text)` is called for a question that is chosen. */
export function writeWelcome(element, language, ask) {
  const starters = STARTERS.map((name) => {
    const question = t(language, `starter_${name}`);
    const button = el("button", { type: "button", class: "starter" }, icon(name), el("span", {}, question));
    button.addEventListener("click", () => ask(question));
    return el("li", {}, button);
  });
  element.replaceChildren(
    el("h2", {}, t(language, "welcome_title")),
    el("p", { class: "lead" }, t(language, "welcome_text")),
    el("h3", { class: "starters-title", id: "starters-title" }, t(language, "starters")),
    el("ul", { class: "starters", "aria-labelledby": "starters-title" }, starters),
    el(
      "div",
      { class: "small" },
      el("p", {}, t(language, "welcome_privacy")),
      el("p", {}, `${t(language, "welcome_emergency")} `, el("a", { href: "tel:112" }, "112"), "."),
    ),
  );
}
