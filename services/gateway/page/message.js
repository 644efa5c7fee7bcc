// One message of the conversation, in its own language: its words, cards, choices and source.

import { drawn, isDrawn } from "./cards/cards.js";
import { spared } from "./cards/spared.js";
import { el, unseen } from "./dom.js";
import { icon } from "./icons.js";
import { linked, outsideLink } from "./links.js";
import { dateOf, dayOf, timeOfDay } from "./moments.js";
import { known, t, tied } from "./texts.js";

const AUTHORS = ["assistant", "operator", "resident", "system"];

/** Returns the element of a message that came from the gateway; `choose(choice, button)` is called for a choice. */
export function received(message, pageLanguage, choose) {
  const language = known(message.language, pageLanguage);
  const author = AUTHORS.includes(message.author) ? message.author : "assistant";
  const now = message.at ?? message.source?.as_of ?? new Date().toISOString();
  const cards = (message.cards ?? []).filter(isDrawn);
  const { before, after } = spared(message.text ?? "", cards);
  return el(
    "article",
    { class: `message ${author}`, lang: language },
    el("p", { class: author === "system" ? "unseen" : "author" }, t(language, `author_${author}`)),
    paragraphs(before, language, author),
    cards.map((card) => drawn(card, { language, now })),
    paragraphs(after, language, author),
    message.source ? source(message.source, language, now) : null,
    message.choices?.length ? choices(message.choices, language, choose) : null,
  );
}

/** Returns the element of a resident's own message. */
export function sent(text, language) {
  return el(
    "article",
    { class: "message resident", lang: language, tabindex: "-1" },
    el("p", { class: "unseen" }, t(language, "author_resident")),
    el("div", { class: "words" }, text.split("\n").map((line) => el("p", {}, tied(line, language)))),
  );
}

/** Returns lines as paragraphs, or null where there are none; those that begin with a dash become a list. */
function paragraphs(lines, language, author) {
  if (!lines.length) return null;
  const linking = (text) => (author === "resident" ? tied(text, language) : linked(tied(text, language), language));
  const blocks = [];
  for (const line of lines) {
    const item = /^[–-]\s+(.*)$/.exec(line);
    if (!item) blocks.push(el("p", {}, linking(line)));
    else {
      if (blocks.at(-1)?.tagName !== "UL") blocks.push(el("ul", {}));
      blocks.at(-1).append(el("li", {}, linking(item[1])));
    }
  }
  return el("div", { class: "words" }, blocks);
}

function choices(all, language, choose) {
  const label = t(language, "choices");
  const items = all.map((choice) => {
    const button = el("button", { type: "button", class: "choice" }, choice.label);
    button.addEventListener("click", () => choose(choice, button, language));
    return el("li", {}, button);
  });
  return el("ul", { class: "choices", "aria-label": label }, items);
}

/** Marks a choice as the one that was taken, in words as well as in colour. */
export function markChosen(button, language) {
  if (button.classList.contains("chosen")) return;
  button.classList.add("chosen");
  button.append(unseen(` ${t(language, "chosen")}`));
}

function source(given, language, now) {
  const as = given.as_of;
  const time = as && timeOfDay(as, language);
  const age =
    as &&
    (dateOf(as) === dateOf(now)
      ? t(language, "as_of_today", { time })
      : t(language, "as_of", { day: dayOf(as, language), time }));
  return el(
    "p",
    { class: "source" },
    given.sample ? [el("strong", { class: "sample" }, t(language, "sample")), " "] : null,
    `${t(language, "source")} `,
    outsideLink(given.url, tied(given.name, language), language),
    as ? [" · ", el("time", { datetime: as }, age)] : null,
    given.realtime ? [" · ", el("span", { class: "sure live" }, icon("live"), t(language, "realtime"))] : null,
  );
}
