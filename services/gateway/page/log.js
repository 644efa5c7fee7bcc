// The conversation on the screen: what was said, in order, with what went wrong beside it.

import { el } from "./dom.js";
import { received, sent } from "./message.js";
import { t } from "./texts.js";

const NEAR_END_PX = 240;

export class Log {
  constructor(element, choose) {
    this.element = element;
    this.choose = choose;
  }

  /** Shows a message of the gateway; returns its element. */
  receive(message, pageLanguage) {
    return this.#append(received(message, pageLanguage, this.choose));
  }

  /** Shows what the resident said; returns its element. */
  send(text, language) {
    return this.#append(sent(text, language));
  }

  /** Shows a line of information. */
  note(text, language) {
    return this.#append(el("p", { class: "note-line", lang: language }, text));
  }

  /** Says under a message of the resident why it did not leave; `retry` adds a button. */
  fail(element, text, language, retry) {
    this.settle(element);
    const button = retry && el("button", { type: "button", class: "retry", on: { click: retry } }, t(language, "retry"));
    element.append(el("div", { class: "failure", lang: language }, el("p", {}, text), button));
    this.reveal(element);
  }

  /** Takes such a line away again; returns whether its button had the focus. */
  settle(element) {
    const failure = element.querySelector(".failure");
    const focused = Boolean(failure?.contains(document.activeElement));
    failure?.remove();
    return focused;
  }

  /** Brings a question to the top, so that its answer is read from its beginning. */
  scrollTo(element) {
    element.scrollIntoView({ block: "start", behavior: calm() ? "auto" : "smooth" });
  }

  /** Brings what has come below the edge into view, and nothing more. */
  reveal(element) {
    element.scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });
  }

  /** Tells whether the end of the conversation is in view, so that something new may scroll to itself. */
  atEnd() {
    const page = document.documentElement;
    return page.scrollHeight - page.scrollTop - page.clientHeight < NEAR_END_PX;
  }

  clear() {
    this.element.replaceChildren();
  }

  #append(element) {
    this.element.append(element);
    return element;
  }
}

function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
