// The conversation in this tab: what is sent, what comes back and what comes unasked, between memory and screen.

import { type Api, ChatError } from "./api";
import type { Log } from "./log";
import type { Memory } from "./memory";
import { markChosen } from "./message";
import { FINAL, newId, Outbox } from "./outbox";
import type { Picture } from "./photos";
import { Session } from "./session";
import { known, t, untied } from "./texts";
import { isReceipt } from "./tools";
import type { Body, Choice, Entry, Language, Message, Position, Received, Reply, Sent, State, Thumb } from "./types";

/** What shows the conversation. */
export interface View {
  log: Log;
  typing: (isAwaited: boolean) => void;
  /** A member of staff writes. */
  writing: () => void;
  state: (state: State) => void;
  /** A failure was taken away that had the focus. */
  settled: () => void;
  /** Something came unasked. */
  arrived: () => void;
}

export class Chat {
  readonly session: Session;
  readonly #outbox: Outbox;
  readonly #elements = new Map<Sent, HTMLElement>();
  readonly #pictures = new Map<Sent, Picture>();

  constructor(
    api: Api,
    readonly memory: Memory,
    readonly view: View,
    readonly language: () => Language,
  ) {
    this.session = new Session(api, memory, language, (...event) => this.#unasked(...event));
    this.#outbox = new Outbox({
      deliver: (entry) => this.#deliver(entry),
      started: (entry) => this.#started(entry),
      failed: (entry, error) => this.#failed(entry, error),
    });
  }

  /** Shows again what this tab remembers; what had not been answered is sent again. */
  restore(): void {
    for (const entry of this.memory.entries) this.#show(entry);
    this.view.state(this.memory.state);
    this.session.listen();
    for (const entry of this.memory.entries) {
      if (entry.kind !== "sent" || entry.status !== "open") continue;
      if (isComplete(entry.body)) void this.#outbox.put(entry);
      else this.#failed(entry, new ChatError("photo")); // the picture itself is not remembered
    }
  }

  /** Says a text. */
  say(text: string): void {
    this.#send({ text: untied(text) }, text);
  }

  /** Takes a choice that a message offered. */
  choose(choice: Choice, button: HTMLElement, language: Language): void {
    markChosen(button, language);
    this.#send({ choice: choice.id }, choice.label, language);
  }

  /** Says where the resident is. */
  locate(location: Position): void {
    this.#send({ location }, t(this.language(), "said_location"));
  }

  /** Sends a picture. */
  show(picture: Picture): void {
    this.#send({}, t(this.language(), "said_photo"), this.language(), picture);
  }

  /** Says whether a message helped; false where the gateway does not hear it. */
  async rate(entry: Received, value: Thumb): Promise<boolean> {
    try {
      await this.session.rate(entry.message.id, value);
    } catch {
      return false;
    }
    entry.thumb = value;
    this.memory.save();
    return true;
  }

  /** Begins anew, without a trace on this screen. */
  forget(): void {
    this.session.leave();
    this.#outbox.clear();
    this.memory.forget();
    this.#elements.clear();
    this.#pictures.clear();
    this.view.log.clear();
    this.view.typing(false);
    this.view.state("assistant");
  }

  /** Has the gateway erase the conversation, then forgets it; throws ChatError and keeps it where that fails. */
  async erase(): Promise<void> {
    await this.session.erase();
    this.forget();
  }

  /** Stops without forgetting anything: the widget is taken off the page. */
  close(): void {
    this.session.pause();
    this.#outbox.close();
  }

  #send(said: Omit<Body, "client_id">, text: string, language = this.language(), picture?: Picture): void {
    const entry: Sent = { kind: "sent", status: "open", body: { client_id: newId(), ...said }, text, language };
    if (picture) this.#pictures.set(entry, picture);
    this.memory.add(entry);
    this.view.log.scrollTo(this.#show(entry));
    void this.#outbox.put(entry);
  }

  async #deliver(entry: Sent): Promise<void> {
    if (this.memory.state === "closed") this.#ended();
    const isNew = !this.session.isOpen;
    const wanted = (): boolean => this.#elements.has(entry); // not forgotten while it was on its way
    if (isNew) await this.session.open(wanted);
    if (!wanted()) return;
    try {
      const picture = this.#pictures.get(entry);
      if (picture && !entry.body.photo) entry.body.photo = await this.session.upload(picture.content);
      const reply = await this.session.send(entry.body);
      if (wanted()) this.#answered(entry, reply);
    } catch (error) {
      if (!wanted()) return;
      if (!(error instanceof ChatError) || error.kind !== "gone") throw error;
      if (isNew) throw new ChatError("unreachable");
      this.#ended();
      // A new conversation has not offered that choice, but knows its words; and it has not seen the picture.
      if (entry.body.choice) entry.body = { client_id: entry.body.client_id, text: untied(entry.text) };
      delete entry.body.photo;
      if (!isComplete(entry.body) && !this.#pictures.has(entry)) throw new ChatError("photo");
      await this.#deliver(entry);
    }
  }

  #ended(): void {
    this.session.leave();
    this.#state("assistant");
    const entry: Entry = { kind: "note", key: "ended", language: this.language() };
    this.memory.add(entry);
    this.#show(entry);
  }

  /** Keeps of an erased conversation its receipt, on the screen and in the tab. */
  #erased(reply: Reply): void {
    this.forget();
    for (const message of reply.messages) this.#receive(message);
    this.#state(reply.state);
    const first = this.view.log.element.firstElementChild;
    if (first) this.view.log.scrollTo(first);
  }

  #answered(entry: Sent, reply: Reply): void {
    if (reply.messages.some(isReceipt)) {
      this.#erased(reply);
      return;
    }
    entry.status = "answered";
    entry.language = known(reply.language, entry.language);
    const element = this.#elements.get(entry);
    if (element) element.lang = entry.language;
    this.view.typing(false);
    for (const message of reply.messages) this.#receive(message, ahead(message));
    this.#state(reply.state);
    if (element) this.view.log.scrollTo(element);
  }

  #unasked(reply: Reply, id: string | null, name: string): void {
    if (name === "typing") {
      this.view.writing();
      return;
    }
    const follow = this.view.log.atEnd();
    const shown = (reply.messages ?? []).map((message) => this.#receive(message)).find(Boolean);
    this.memory.set({ lastEvent: id ?? this.memory.lastEvent });
    this.#state(reply.state);
    if (!shown) return;
    if (this.memory.state === "operator") this.view.typing(false);
    if (follow) this.view.log.scrollTo(shown);
    this.view.arrived();
  }

  /** Returns the element of a message, or null where it is the resident's own or was shown before. */
  #receive(message: Message, ahead_ms?: number): HTMLElement | null {
    if (message.author === "resident" || this.memory.has(message.id)) return null;
    const entry: Received = { kind: "message", message, ahead_ms };
    this.memory.add(entry);
    return this.#show(entry);
  }

  #state(state: State | undefined): void {
    if (state) this.memory.set({ state });
    this.memory.save();
    this.view.state(this.memory.state);
  }

  #show(entry: Entry): HTMLElement {
    const { log } = this.view;
    if (entry.kind === "message") return log.receive(entry, this.language());
    if (entry.kind === "note") return log.note(t(entry.language, entry.key), entry.language);
    const element = log.send(entry.text, entry.language, this.#pictures.get(entry)?.preview);
    this.#elements.set(entry, element);
    return element;
  }

  #started(entry: Sent): void {
    const element = this.#elements.get(entry);
    if (element && this.view.log.settle(element)) this.view.settled();
    this.view.typing(this.memory.state !== "operator");
  }

  #failed(entry: Sent, error: ChatError): void {
    const language = this.language();
    const isFinal = FINAL.includes(error.kind);
    this.view.typing(false);
    if (isFinal) entry.status = "refused";
    this.memory.save();
    const text = t(language, reason(error), { n: error.retryAfterS });
    const element = this.#elements.get(entry);
    if (element) this.view.log.fail(element, text, language, isFinal ? null : () => void this.#outbox.flush());
  }
}

function isComplete(body: Body): boolean {
  return [body.text, body.choice, body.location, body.photo].some((each) => each !== undefined);
}

/** How far the gateway's clock is ahead of this machine's, from an answer that has just been given. */
function ahead(message: Message): number | undefined {
  const at = Date.parse(message.at ?? "");
  return Number.isFinite(at) ? at - Date.now() : undefined;
}

function reason(error: ChatError): string {
  if (error.kind === "unreachable") return navigator.onLine ? "failed" : "failed_offline";
  return `failed_${error.kind}`;
}
