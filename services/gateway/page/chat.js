// The conversation itself: what is sent, what comes back and what comes unasked, between memory, gateway and screen.

import * as api from "./api.js";
import { listen } from "./events.js";
import { markChosen } from "./message.js";
import { Outbox, newId } from "./outbox.js";
import { known, t, untied } from "./texts.js";

export class Chat {
  /** `view` shows: `{log, typing(entry?), state(name), settled()}`; `language()` is the page's. */
  constructor({ memory, view, language }) {
    Object.assign(this, { memory, view, language });
    this.elements = new Map();
    this.stop = () => {};
    this.outbox = new Outbox({
      deliver: (entry) => this.#deliver(entry),
      started: (entry) => this.#started(entry),
      failed: (entry, error) => this.#failed(entry, error),
    });
  }

  /** Shows again what this tab remembers; what had not been answered may be sent again. */
  restore() {
    for (const entry of this.memory.entries) this.#show(entry);
    this.view.state(this.memory.state);
    if (this.memory.conversation) this.#listen();
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

  /** Goes on in the language that was chosen for the page; one that the gateway misses is told by the next message. */
  speak(language) {
    if (this.memory.conversation) api.chooseLanguage(this.memory.conversation, language).catch(() => {});
  }

  /** Begins anew, without a trace on this screen. */
  forget() {
    this.stop();
    this.outbox.clear();
    this.memory.forget();
    this.elements.clear();
    this.view.log.clear();
    this.view.typing(null);
    this.view.state("assistant");
  }

  /** Has the gateway erase the conversation, then forgets it; throws ChatError and keeps it where that fails. */
  async erase() {
    if (this.memory.conversation) await api.erase(this.memory.conversation);
    this.forget();
  }

  #send(body, text, language = this.language()) {
    const entry = { kind: "sent", status: "open", body: { client_id: newId(), ...body }, text, language };
    this.memory.add(entry);
    this.view.log.scrollTo(this.#show(entry));
    return this.outbox.put(entry);
  }

  async #deliver(entry) {
    if (this.memory.state === "closed") this.#end();
    const begun = !this.memory.conversation;
    if (begun) await this.#open(entry);
    const { conversation } = this.memory;
    if (this.#dropped(entry)) return;
    try {
      this.#answered(entry, await api.send(conversation, entry.body));
    } catch (error) {
      if (this.#dropped(entry)) return;
      if (error.kind !== "gone" || begun) throw error.kind === "gone" ? new api.ChatError("unreachable") : error;
      this.#end();
      // A new conversation has not offered that choice, but knows its words.
      if (entry.body.choice) entry.body = { client_id: entry.body.client_id, text: untied(entry.text) };
      await this.#deliver(entry);
    }
  }

  async #open(entry) {
    const opened = await api.open(this.language());
    if (this.#dropped(entry)) {
      api.erase(opened).catch(() => {});
      return;
    }
    this.memory.conversation = { id: opened.id, token: opened.token };
    this.memory.greeting = opened.messages.map((message) => message.id);
    this.memory.lastEvent = null;
    this.memory.save();
    this.#listen();
  }

  /** Leaves a conversation that the gateway has ended; the next message opens another. */
  #end() {
    this.stop();
    this.memory.conversation = null;
    this.#state("assistant");
    this.#note("ended");
  }

  /** Tells whether an entry was forgotten while it was on its way. */
  #dropped(entry) {
    return !this.elements.has(entry);
  }

  #answered(entry, answer) {
    if (this.#dropped(entry)) return;
    entry.status = "answered";
    entry.language = known(answer.language, entry.language);
    const element = this.elements.get(entry);
    element.lang = entry.language;
    this.view.typing(null);
    for (const message of answer.messages) this.#receive(message);
    this.#state(answer.state);
    this.view.log.scrollTo(element);
  }

  #receive(message) {
    if (message.author === "resident" || this.memory.has(message.id)) return null;
    const entry = { kind: "message", message };
    this.memory.add(entry);
    return this.#show(entry);
  }

  #listen() {
    this.stop();
    this.stop = listen(this.memory.conversation, this.memory.lastEvent, (data, id) => {
      const follow = this.view.log.atEnd();
      const shown = [data.messages ?? (data.text ? data : [])].flat().map((message) => this.#receive(message));
      this.memory.lastEvent = id ?? this.memory.lastEvent;
      this.#state(data.state);
      const first = shown.find(Boolean);
      if (first && follow) this.view.log.scrollTo(first);
    });
  }

  #state(state) {
    if (state) this.memory.state = state;
    this.memory.save();
    this.view.state(this.memory.state);
  }

  #note(key) {
    const entry = { kind: "note", key, language: this.language() };
    this.memory.add(entry);
    this.#show(entry);
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
    this.view.typing(entry);
  }

  #failed(entry, error) {
    const language = this.language();
    const final = error.kind === "refused" || error.kind === "long";
    this.view.typing(null);
    if (final) entry.status = "refused";
    this.memory.save();
    const text = t(language, reason(error), { n: error.retryAfterS });
    this.view.log.fail(this.elements.get(entry), text, language, final ? null : () => this.outbox.flush());
  }
}

function reason(error) {
  if (error.kind === "unreachable") return navigator.onLine ? "failed" : "failed_offline";
  return `failed_${error.kind}`;
}
