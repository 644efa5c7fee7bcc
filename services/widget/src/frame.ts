// The chat's frame: title, languages, options, the conversation and where the question is written.

import { el } from "./dom";
import { icon, type IconName } from "./icons";
import { mark } from "./mark";
import { LANGUAGES } from "./texts";

const NAMES = { fr: "Français", nl: "Nederlands", en: "English" };
const PHONE = "tel:+3280013680";

/** The parts of the chat that others write into. */
export interface Frame {
  app: HTMLElement;
  languages: HTMLButtonElement[];
  menu: HTMLDetailsElement;
  close: HTMLButtonElement;
  scroller: HTMLElement;
  welcome: HTMLElement;
  log: HTMLElement;
  title: HTMLElement;
  typing: HTMLElement;
  state: HTMLElement;
  again: HTMLButtonElement;
  connection: HTMLElement;
  form: HTMLFormElement;
  question: HTMLTextAreaElement;
  counter: HTMLElement;
  locate: HTMLButtonElement;
  photo: HTMLButtonElement;
  file: HTMLInputElement;
  /** Links to pages of the gateway, by the page that they open. */
  pages: Record<"accessibility" | "privacy", HTMLAnchorElement>;
}

/** Returns the frame, without a word yet: words are written by language. */
export function makeFrame(): Frame {
  const languages = LANGUAGES.map((language) =>
    el("button", { type: "button", lang: language, title: NAMES[language] }, language.toUpperCase()),
  );
  const close = el("button", { type: "button", id: "close", class: "tool", "data-label": "close" }, icon("close"));
  const page = (name: string): HTMLAnchorElement => el("a", { target: "_blank", rel: "noopener", "data-text": name });
  const pages = { privacy: page("privacy"), accessibility: page("accessibility") };
  const menu = makeMenu(Object.values(pages));
  const title = el("h2", { id: "title", tabindex: "-1", "data-text": "title" });
  const top = el(
    "div",
    { class: "top" },
    el(
      "div",
      { class: "top-inner" },
      mark(),
      el("div", { class: "names" }, title, el("p", { "data-text": "region" })),
      el("div", { class: "languages", role: "group", "data-label": "languages" }, languages),
      menu,
      close,
    ),
  );
  const welcome = el("section", { class: "welcome", id: "welcome", "data-label": "welcome" });
  const log = el("div", { class: "log", id: "log", role: "log", "aria-labelledby": "history-title" });
  const typing = el("p", { class: "status", id: "typing", role: "status" });
  const talk = el(
    "div",
    { class: "talk" },
    el("p", { class: "trial", "data-text": "trial" }),
    welcome,
    el("h3", { class: "unseen", id: "history-title", "data-text": "history" }),
    log,
    typing,
  );
  const ask = makeAsk();
  const scroller = el("div", { class: "scroller", id: "scroller" }, talk, ask.element);
  const skip = el("a", { class: "skip", href: "#question", "data-text": "skip" });
  skip.addEventListener("click", (event) => {
    event.preventDefault(); // the address is the site's, and the field is not in its document
    ask.question.focus();
  });
  const app = el("div", { class: "app", id: "app" }, skip, top, scroller);
  return { app, languages, menu, close, scroller, welcome, log, title, typing, pages, ...ask };
}

function makeMenu(pages: HTMLElement[]): HTMLDetailsElement {
  const button = (id: string): HTMLElement =>
    el("li", {}, el("button", { type: "button", id, "data-text": id }));
  const size = (id: string, written: string): HTMLElement =>
    el("button", { type: "button", id, "data-label": id }, written);
  const sizes = el("div", { class: "sizes", role: "group", "data-label": "size" }, size("smaller", "A−"), size("larger", "A+"));
  return el(
    "details",
    { class: "menu", id: "menu" },
    el("summary", { "data-label": "menu" }),
    el(
      "ul",
      {},
      el("li", {}, sizes),
      ["person", "mydata", "anew", "print"].map(button),
      el("li", {}, el("a", { href: PHONE, "data-text": "call" })),
      pages.map((page) => el("li", {}, page)),
    ),
  );
}

function makeAsk() {
  const state = el("p", { class: "status", id: "state", role: "status" });
  const again = el("button", { type: "button", class: "plain", id: "again", "data-text": "anew", hidden: true });
  const connection = el("p", { class: "status", id: "connection", role: "status" });
  const question = el("textarea", {
    id: "question",
    name: "question",
    rows: 1,
    enterkeyhint: "send",
    autocapitalize: "sentences",
    "aria-describedby": "hint counter",
  });
  const counter = el("p", { class: "counter", id: "counter", role: "status" });
  const locate = tool("locate", "pin");
  const photo = tool("photo", "camera");
  const file = el("input", { type: "file", accept: "image/*", id: "file", hidden: true, "data-label": "photo" });
  const form = el(
    "form",
    { id: "form", autocomplete: "off", novalidate: true },
    el(
      "div",
      { class: "ask-head" },
      el("label", { for: "question", "data-text": "question" }),
      el("div", { class: "extras" }, locate, photo, file),
    ),
    el(
      "div",
      { class: "field" },
      question,
      el("button", { type: "submit", id: "send" }, el("span", { "data-text": "send" })),
    ),
    el("p", { class: "hint", id: "hint", "data-text": "hint" }),
    counter,
  );
  const element = el("div", { class: "ask", id: "composer" }, state, again, connection, form);
  return { element, state, again, connection, form, question, counter, locate, photo, file };
}

function tool(id: string, name: IconName): HTMLButtonElement {
  return el("button", { type: "button", id, class: "tool", "data-label": id }, icon(name));
}
