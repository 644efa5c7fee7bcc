// One message of the conversation, in its own language: its words, cards, choices, source and what can be done with it.

import { drawn, isDrawn } from "./cards/cards";
import type { Slots } from "./cards/slots";
import { spared } from "./cards/spared";
import { type Child, el, unseen } from "./dom";
import { icon } from "./icons";
import { linked, outsideLink } from "./links";
import { dateOf, dayOf, timeOfDay } from "./moments";
import { known, t, tied } from "./texts";
import { tools } from "./tools";
import type { Card, Choice, Context, Language, Maps, Received, Source, Thumb } from "./types";

const AUTHORS = ["assistant", "operator", "resident", "system"];

/** What a message tells the widget. */
export interface Hooks {
  choose: (choice: Choice, button: HTMLElement, language: Language) => void;
  rate: (entry: Received, value: Thumb) => Promise<boolean>;
  map: Maps;
  photosOf: (reference: string) => Promise<Blob[]>;
  announce: (words: string, language: Language) => void;
}

/** Returns the element of a message that came from the gateway. */
export function received(entry: Received, widgetLanguage: Language, hooks: Hooks): HTMLElement {
  const { message } = entry;
  const language = known(message.language, widgetLanguage);
  const author = AUTHORS.includes(message.author) ? message.author : "assistant";
  const now = message.at ?? message.source?.as_of ?? new Date().toISOString();
  const choose = (choice: Choice, button: HTMLElement): void => hooks.choose(choice, button, language);
  const context: Context = { language, now, ahead_ms: entry.ahead_ms, map: hooks.map, photosOf: hooks.photosOf, choices: message.choices, choose };
  const cards = (message.cards ?? []).filter((card) => isDrawn(card, context));
  const offered = (message.choices ?? []).filter((_, at) => !cards.some((card) => offers(card, at)));
  const { before, after } = spared(message.text ?? "", cards, language);
  return el(
    "article",
    { class: `message ${author}`, lang: language },
    el("p", { class: author === "system" ? "unseen" : "author" }, t(language, `author_${author}`)),
    paragraphs(before, language, author),
    cards.map((card) => drawn(card, context)),
    paragraphs(after, language, author),
    message.source ? source(message.source, language, now) : null,
    offered.length ? choices(offered, language, choose) : null,
    author === "assistant" || author === "operator" ? tools(entry, language, hooks) : null,
  );
}

/** Returns the element of a resident's own message; `picture` is drawn above its words. */
export function sent(text: string, language: Language, picture?: HTMLElement): HTMLElement {
  return el(
    "article",
    { class: "message resident", lang: language, tabindex: "-1" },
    el("p", { class: "unseen" }, t(language, "author_resident")),
    picture,
    el("div", { class: "words" }, text.split("\n").map((line) => el("p", {}, tied(line, language)))),
  );
}

/** Marks a choice as the one that was taken, in words as well as in colour. */
export function markChosen(button: HTMLElement, language: Language): void {
  if (button.classList.contains("chosen")) return;
  button.classList.add("chosen");
  button.append(unseen(` ${t(language, "chosen")}`));
}

/** Tells whether a card itself offers a choice, which is then not offered a second time below it. */
function offers(card: Card, at: number): boolean {
  return card.type === "slots" && (card as Slots).rows.some((row) => row.choice === at);
}

/** Returns lines as paragraphs, or null where there are none; those that begin with a dash become a list. */
function paragraphs(lines: string[], language: Language, author: string): HTMLElement | null {
  if (!lines.length) return null;
  const linking = (text: string): Child =>
    author === "resident" ? tied(text, language) : linked(tied(text, language), language);
  const blocks: HTMLElement[] = [];
  for (const line of lines) {
    const item = /^[–-]\s+(.*)$/.exec(line)?.[1];
    if (item === undefined) blocks.push(el("p", {}, linking(line)));
    else {
      if (blocks.at(-1)?.tagName !== "UL") blocks.push(el("ul", {}));
      blocks.at(-1)?.append(el("li", {}, linking(item)));
    }
  }
  return el("div", { class: "words" }, blocks);
}

function choices(all: Choice[], language: Language, choose: Required<Context>["choose"]): HTMLElement {
  const items = all.map((choice) => {
    const button = el("button", { type: "button", class: "choice" }, choice.label);
    button.addEventListener("click", () => choose(choice, button));
    return el("li", {}, button);
  });
  return el("ul", { class: "choices", "aria-label": t(language, "choices") }, items);
}

function source(given: Source, language: Language, now: string): HTMLElement {
  return el(
    "p",
    { class: "source" },
    given.sample ? [el("strong", { class: "sample" }, t(language, "sample")), " "] : null,
    `${t(language, "source")} `,
    outsideLink(given.url, tied(given.name, language), language),
    given.as_of ? ["\u00a0· ", el("time", { datetime: given.as_of }, age(given.as_of, language, now))] : null,
    given.realtime ? ["\u00a0· ", el("span", { class: "sure live" }, icon("live"), t(language, "realtime"))] : null,
  );
}

function age(as: string, language: Language, now: string): string {
  const time = timeOfDay(as, language);
  if (dateOf(as) === dateOf(now)) return t(language, "as_of_today", { time });
  return t(language, "as_of", { day: dayOf(as, language), time });
}
