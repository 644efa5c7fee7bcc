// The chat in its frame: how the parts are wired.

import { Api } from "./api";
import { Chat } from "./chat";
import { Composer } from "./composer";
import { confirmed, myData } from "./dialogs";
import { save } from "./download";
import { type Frame, makeFrame } from "./frame";
import { Log } from "./log";
import type { Memory } from "./memory";
import { makeMenu } from "./menu";
import { pictureOf } from "./photos";
import { PlaceError, whereami } from "./place";
import { print } from "./printing";
import { t, writeTexts } from "./texts";
import type { Language, Maps, State } from "./types";
import { writeWelcome } from "./welcome";

const TYPING_AFTER_MS = 400;
/** Longer than a page of the desk takes to say once more that its operator writes. */
const WRITING_FOR_MS = 6_000;

/** What the element around the chat is told. */
export interface Outside {
  spoken: (language: Language) => void;
  arrived: () => void;
  resize: (step: 1 | -1) => void;
  maps: (api: Api) => Maps;
}

export class Widget {
  readonly frame: Frame = makeFrame();
  readonly #api: Api;
  readonly #log: Log;
  readonly #chat: Chat;
  readonly #composer: Composer;
  readonly #outside: Outside;
  #language: Language;
  #topic: string | null;
  #typing: ReturnType<typeof setTimeout> | undefined;
  readonly #connected = (): void => this.#showConnection();

  constructor(server: URL, memory: Memory, language: Language, topic: string | null, outside: Outside) {
    this.#language = language;
    this.#topic = topic;
    this.#outside = outside;
    this.#api = new Api(server);
    const { frame } = this;
    this.#log = new Log(frame.log, frame.scroller, {
      choose: (choice, button, spoken) => {
        this.#chat.choose(choice, button, spoken);
        this.#afterButton();
      },
      rate: (entry, value) => this.#chat.rate(entry, value),
      photosOf: (reference) => this.#chat.session.photosOf(reference),
      map: outside.maps(this.#api),
      announce: (words, spoken) => this.#announce(words, spoken),
    });
    const view = {
      log: this.#log,
      typing: (isAwaited: boolean) => this.#showTyping(isAwaited),
      writing: () => this.#showWriting(),
      state: (state: State) => this.#showState(state),
      settled: () => this.#composer.focus(),
      arrived: () => outside.arrived(),
    };
    this.#chat = new Chat(this.#api, memory, view, () => this.#language);
    this.#composer = new Composer(frame.form, frame.question, frame.counter, (text) => this.#chat.say(text));
    for (const [page, link] of Object.entries(frame.pages)) link.href = new URL(page, server).href;
    this.#listen();
    this.speak(language);
    this.#chat.restore();
  }

  get language(): Language {
    return this.#language;
  }

  /** Writes the widget in a language; what was said stays in the language it was said in. */
  speak(language: Language): void {
    this.#language = language;
    const { frame } = this;
    frame.app.lang = language;
    writeTexts(frame.app, language);
    for (const link of Object.values(frame.pages)) link.search = `lang=${language}`;
    this.#composer.speak(language);
    this.#welcome();
    this.#showConnection();
    this.#showState(this.#chat.memory.state);
    for (const button of frame.languages) button.setAttribute("aria-pressed", String(button.lang === language));
  }

  /** Offers the questions of a topic. */
  offer(topic: string | null): void {
    this.#topic = topic;
    this.#welcome();
  }

  /** Takes the focus: the question's field, or on a touch screen, where that would raise the keyboard, the title. */
  focus(): void {
    if (isTouch()) this.frame.title.focus({ preventScroll: true });
    else this.#composer.focus();
  }

  /** Is taken off the page. */
  close(): void {
    clearTimeout(this.#typing);
    this.#chat.close();
    window.removeEventListener("online", this.#connected);
    window.removeEventListener("offline", this.#connected);
  }

  #listen(): void {
    const { frame } = this;
    window.addEventListener("online", this.#connected);
    window.addEventListener("offline", this.#connected);
    for (const button of frame.languages) {
      button.addEventListener("click", () => {
        const language = button.lang as Language;
        this.speak(language);
        this.#chat.session.speak(language);
        this.#outside.spoken(language);
      });
    }
    frame.again.addEventListener("click", () => this.#anew());
    frame.locate.addEventListener("click", () => void this.#locate());
    frame.photo.addEventListener("click", () => frame.file.click());
    frame.file.addEventListener("change", () => void this.#photo());
    frame.log.addEventListener("export", (event) => {
      if (event instanceof CustomEvent) void this.#export(event.detail.format, event.target as HTMLButtonElement);
    });
    makeMenu(frame.menu, {
      smaller: () => this.#outside.resize(-1),
      larger: () => this.#outside.resize(1),
      person: () => this.#ask(t(this.#language, "person_said")),
      mydata: () => void this.#myData(),
      anew: async () => (await this.#confirmed("anew", "anew")) && this.#anew(),
      print: () => print(frame.log, t(this.#language, "title"), this.#language),
    });
  }

  #welcome(): void {
    writeWelcome(this.frame.welcome, this.#language, this.#topic, (question) => this.#ask(question));
  }

  #ask(text: string): void {
    this.#chat.say(text);
    this.#afterButton();
  }

  /** A button that was used gives the focus to the field; on a touch screen, where that would raise the keyboard, not. */
  #afterButton(): void {
    const last = this.frame.log.lastElementChild;
    if (isTouch() && last instanceof HTMLElement) last.focus({ preventScroll: true });
    else this.#composer.focus();
  }

  /** Says that the answer is being looked up, unless it comes at once. */
  #showTyping(isAwaited: boolean): void {
    clearTimeout(this.#typing);
    const { typing } = this.frame;
    typing.textContent = "";
    if (!isAwaited) return;
    this.#typing = setTimeout(() => {
      typing.textContent = t(this.#language, "typing");
      this.#log.reveal(typing);
    }, TYPING_AFTER_MS);
  }

  /** Says that a member of staff writes, as long as that was heard not long ago. */
  #showWriting(): void {
    clearTimeout(this.#typing);
    const { typing } = this.frame;
    const words = t(this.#language, "writing");
    if (typing.textContent !== words) {
      typing.textContent = words;
      this.#log.reveal(typing);
    }
    this.#typing = setTimeout(() => {
      typing.textContent = "";
    }, WRITING_FOR_MS);
  }

  #showState(state: State): void {
    const words = state === "assistant" ? "" : t(this.#language, `state_${state}`);
    if (this.frame.state.textContent !== words) this.#announce(words);
    this.frame.again.hidden = state !== "closed";
  }

  #showConnection(): void {
    this.frame.connection.textContent = navigator.onLine ? "" : t(this.#language, "offline");
  }

  #announce(words: string, language = this.#language): void {
    this.frame.state.lang = language;
    this.frame.state.textContent = words;
  }

  #confirmed(subject: string, yes: string): Promise<boolean> {
    return confirmed(this.frame.app, this.#language, subject, yes);
  }

  #begin(key: string): void {
    this.#announce(t(this.#language, key));
    this.frame.scroller.scrollTo({ top: 0 });
    this.#composer.focus();
  }

  #anew(): void {
    this.#chat.forget();
    this.#begin("anew_done");
  }

  async #erase(): Promise<void> {
    if (!(await this.#confirmed("delete", "delete_yes"))) return;
    try {
      await this.#chat.erase();
      this.#begin("delete_done");
    } catch {
      this.#announce(t(this.#language, "delete_failed"));
    }
  }

  async #myData(): Promise<void> {
    const language = this.#language;
    const { session } = this.#chat;
    let kept = null;
    if (session.isOpen) {
      try {
        kept = await session.kept();
      } catch {
        this.#announce(t(language, "mydata_failed"));
        return;
      }
    }
    const wish = await myData(this.frame.app, language, kept);
    if (wish === "erase") await this.#erase();
    else if (wish) await this.#export(wish);
  }

  async #export(format: string, button?: HTMLButtonElement): Promise<void> {
    if (button) button.disabled = true;
    try {
      save(await this.#chat.session.copy(format));
      this.#announce(t(this.#language, "export_done"));
    } catch {
      this.#announce(t(this.#language, "export_failed"));
    }
    if (button) button.disabled = false;
  }

  async #locate(): Promise<void> {
    if (!(await this.#confirmed("locate", "locate_yes"))) return;
    this.#announce(t(this.#language, "locate_searching"));
    try {
      const position = await whereami();
      this.#announce("");
      this.#chat.locate(position);
      this.#afterButton();
    } catch (error) {
      const kind = error instanceof PlaceError ? error.kind : "unknown";
      this.#announce(t(this.#language, `locate_${kind}`));
    }
  }

  async #photo(): Promise<void> {
    const { file } = this.frame;
    const chosen = file.files?.[0];
    file.value = "";
    if (!chosen) return;
    try {
      this.#chat.show(await pictureOf(chosen, t(this.#language, "said_photo")));
      this.#afterButton();
    } catch {
      this.#announce(t(this.#language, "photo_unreadable"));
    }
  }
}

function isTouch(): boolean {
  return matchMedia("(pointer: coarse)").matches;
}
