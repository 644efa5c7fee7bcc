// The conversation on the screen: what was said, in order, with what went wrong beside it.

import { calm, el } from "./dom";
import { type Hooks, received, sent } from "./message";
import { t } from "./texts";
import type { Language, Received } from "./types";

const NEAR_END_PX = 240;

export class Log {
  /** `scroller` is what scrolls it. */
  constructor(
    readonly element: HTMLElement,
    readonly scroller: HTMLElement,
    readonly hooks: Hooks,
  ) {}

  /** Shows a message of the gateway; returns its element. */
  receive(entry: Received, widgetLanguage: Language): HTMLElement {
    return this.#append(received(entry, widgetLanguage, this.hooks));
  }

  /** Shows what the resident said; returns its element. */
  send(text: string, language: Language, picture?: HTMLElement): HTMLElement {
    return this.#append(sent(text, language, picture));
  }

  /** Shows a line of information. */
  note(text: string, language: Language): HTMLElement {
    return this.#append(el("p", { class: "note-line", lang: language }, text));
  }

  /** Says under a message of the resident why it did not leave; `retry` adds a button. */
  fail(element: HTMLElement, text: string, language: Language, retry: (() => void) | null): void {
    this.settle(element);
    const button = retry && el("button", { type: "button", class: "retry", on: { click: retry } }, t(language, "retry"));
    element.append(el("div", { class: "failure", lang: language }, el("p", {}, text), button));
    this.reveal(element);
  }

  /** Takes such a line away again; returns whether its button had the focus. */
  settle(element: HTMLElement): boolean {
    const failure = element.querySelector(".failure");
    const focused = Boolean(failure?.matches(":focus-within"));
    failure?.remove();
    return focused;
  }

  /** Brings a question to the top, so that its answer is read from its beginning. */
  scrollTo(element: Element): void {
    const { scroller } = this;
    const top = element.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    scroller.scrollBy({ top: top - 12, behavior: calm() ? "auto" : "smooth" });
  }

  /** Brings what has come below the edge, or behind the field at the bottom, into view, and nothing more. */
  reveal(element: Element): void {
    const { scroller } = this;
    const field = scroller.lastElementChild?.getBoundingClientRect().top ?? Infinity;
    const edge = Math.min(scroller.getBoundingClientRect().bottom, field);
    const below = element.getBoundingClientRect().bottom - edge;
    if (below > 0) scroller.scrollBy({ top: below + 12, behavior: calm() ? "auto" : "smooth" });
  }

  /** Tells whether the end of the conversation is in view, so that something new may scroll to itself. */
  atEnd(): boolean {
    const { scroller } = this;
    return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_END_PX;
  }

  clear(): void {
    this.element.replaceChildren();
  }

  #append(element: HTMLElement): HTMLElement {
    this.element.append(element);
    return element;
  }
}
