// The conversation on this page: what is sent, what comes back and what comes unasked, between memory and screen.

import { ChatError } from "./api.js";
import { markChosen } from "./message.js";
import { Outbox, newId } from "./outbox.js";
import { Session } from "./session.js";
import { known, t, untied } from "./texts.js";

const FINAL = ["refused", "long"];

export class Chat {
  /** `view` shows: `{log, typing(isAwaited), state(name), settled()}`; `language()` is the page's. */
  constructor({ memory, view, language }) {
    Object.assign(this, { memory, view, language });
    this.elements = new Map();
    this.session = new Session({ memory, language, received: (reply, id) => this.#unasked(reply, id) });
    this.outbox = new Outbox({
      deliver: (entry) => this.#deliver(entry),
      started: (entry) => this.#started(entry),
      failed: (entry, error) => this.#failed(entry, error),
    });
  }

  /** Shows again what this tab remembers; what had not been answered is sent again. */
  restore() {
    for (const entry of this.memory.entries) this.#show(entry);
    this.view.state(this.memory.state);
    this.session.listen();
    const open = this.memory.entries.filter((entry) => entry.kind === "sent" && entry.status === "open");
    for (const entry of open) this.outbox.put(entry);
  }

  /** Says a text. */
  say(text) {
    return this.#send({ text: untied(text) }, text);
  }

  /** Takes a choice that a message offered. */
  choose(choice, button, language) {
    markChosen(button, language);
    return this.#send({ choice: choice.id }, choice.label, language);
  }

  /** Begins anew, without a trace on this screen. */
  forget() {
    this.session.leave();
    this.outbox.clear();
    this.memory.forget();
    this.elements.clear();
    this.view.log.clear();
    this.view.typing(false);
    this.view.state("assistant");
  }

  /** Has the gateway erase the conversation, then forgets it; throws ChatError and keeps it where that fails. */
  async erase() {
    await this.session.erase();
    this.forget();
  }

  #send(body, text, language = this.language()) {
    const entry = { kind: "sent", status: "open", body: { client_id: newId(), ...body }, text, language };
    this.memory.add(entry);
    this.view.log.scrollTo(this.#show(entry));
    return this.outbox.put(entry);
  }

  async #deliver(entry) {
    if (this.memory.state === "closed") this.#ended();
    const isNew = !this.session.isOpen;
    const wanted = () => this.elements.has(entry); // not forgotten while it was on its way
    if (isNew) await this.session.open(wanted);
    if (!wanted()) return;
    try {
      const reply = await this.session.send(entry.body);
      if (wanted()) this.#answered(entry, reply);
    } catch (error) {
      if (!wanted()) return;
      if (error.kind !== "gone") throw error;
      if (isNew) throw new ChatError("unreachable");
      this.#ended();
      // A new conversation has not offered that choice, but knows its words.
      if (entry.body.choice) entry.body = { client_id: entry.body.client_id, text: untied(entry.text) };
      await this.#deliver(entry);
    }
  }

  #ended() {
    this.session.leave();
    this.#state("assistant");
    const entry = { kind: "note", key: "ended", language: this.language() };
    this.memory.add(entry);
    this.#show(entry);
  }

  /** Keeps of an erased conversation its receipt, on the screen and in the tab. */
  #erased(reply) {
    this.forget();
    for (const message of reply.messages) this.#receive(message);
    this.#state(reply.state);
    this.view.log.scrollTo(this.view.log.element.firstElementChild);
  }

  #answered(entry, reply) {
    if (reply.messages.some(isReceipt)) {
      this.#erased(reply);
      return;
    }
    entry.status = "answered";
    entry.language = known(reply.language, entry.language);
    const element = this.elements.get(entry);
    element.lang = entry.language;
    this.view.typing(false);
    for (const message of reply.messages) this.#receive(message);
    this.#state(reply.state);
    this.view.log.scrollTo(element);
  }

  #unasked(reply, id) {
    const follow = this.view.log.atEnd();
    const shown = (reply.messages ?? []).map((message) => this.#receive(message)).find(Boolean);
    this.memory.lastEvent = id ?? this.memory.lastEvent;
    this.#state(reply.state);
    if (shown && follow) this.view.log.scrollTo(shown);
  }

  /** Returns the element of a message, or null where it is the resident's own or was shown before. */
  #receive(message) {
    if (message.author === "resident" || this.memory.has(message.id)) return null;
    const entry = { kind: "message", message };
    this.memory.add(entry);
    return this.#show(entry);
  }

  #state(state) {
    if (state) this.memory.state = state;
    this.memory.save();
    this.view.state(this.memory.state);
  }

  #show(entry) {
    const { log } = this.view;
    if (entry.kind === "message") return log.receive(entry.message, this.language());
    if (entry.kind === "note") return log.note(t(entry.language, entry.key), entry.language);
    const element = log.send(entry.text, entry.language);
    this.elements.set(entry, element);
    return element;
  }

  #started(entry) {
    if (this.view.log.settle(this.elements.get(entry))) this.view.settled();
    this.view.typing(this.memory.state !== "operator");
  }

  #failed(entry, error) {
    const language = this.language();
    const isFinal = FINAL.includes(error.kind);
    this.view.typing(false);
    if (isFinal) entry.status = "refused";
    this.memory.save();
    const text = t(language, reason(error), { n: error.retryAfterS });
    this.view.log.fail(this.elements.get(entry), text, language, isFinal ? null : () => this.outbox.flush());
  }
}

function isReceipt(message) {
  return Boolean(message.cards?.some((card) => card.type === "receipt"));
}

function reason(error) {
  if (error.kind === "unreachable") return navigator.onLine ? "failed" : "failed_offline";
  return `failed_${error.kind}`;
}
