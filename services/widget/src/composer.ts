// Where the question is written: Enter sends, Shift+Enter begins a new line, a counter speaks up near the limit.

import { t } from "./texts";
import type { Language } from "./types";

/** The longest question, in characters; the gateway takes more. */
export const MAX_LENGTH = 2_000;
const COUNTED_FROM = 100;
const COUNTED_STEP = 10;

export class Composer {
  #language: Language = "fr";

  /** `submit(text)` is called with what is to be sent. */
  constructor(
    form: HTMLFormElement,
    readonly field: HTMLTextAreaElement,
    readonly counter: HTMLElement,
    readonly submit: (text: string) => void,
  ) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#send();
    });
    field.addEventListener("input", () => this.#written());
  }

  focus(): void {
    this.field.focus({ preventScroll: true });
  }

  speak(language: Language): void {
    this.#language = language;
    this.#written();
  }

  #send(): void {
    const text = this.field.value.trim();
    if (!text) {
      this.#say("empty");
      this.field.focus();
      return;
    }
    if (lengthOf(text) > MAX_LENGTH) {
      this.#written();
      this.field.focus();
      return;
    }
    this.field.value = "";
    this.#written();
    this.submit(text);
  }

  #written(): void {
    this.#grow();
    const length = lengthOf(this.field.value.trim());
    const left = MAX_LENGTH - length;
    this.field.removeAttribute("aria-invalid");
    if (left < 0) {
      this.field.setAttribute("aria-invalid", "true");
      this.#say("counter_over", { length, max: MAX_LENGTH });
    } else if (left <= COUNTED_FROM) {
      // In steps, so that a screen reader is not made to count every key.
      this.#say("counter_left", { n: left < COUNTED_STEP ? left : Math.floor(left / COUNTED_STEP) * COUNTED_STEP });
    } else {
      this.counter.textContent = "";
    }
  }

  #say(key: string, parameters?: Record<string, unknown>): void {
    const words = t(this.#language, key, parameters);
    if (this.counter.textContent !== words) this.counter.textContent = words;
  }

  #grow(): void {
    if (CSS.supports("field-sizing", "content")) return;
    this.field.style.setProperty("height", "auto");
    this.field.style.setProperty("height", `${this.field.scrollHeight}px`);
  }
}

/** Characters as people count them, not UTF-16 halves. */
function lengthOf(text: string): number {
  return [...text].length;
}
