// The conversation with the gateway: opened with the first message, listened to, left when it has ended.

import * as api from "./api.js";
import { listen } from "./events.js";

export class Session {
  /** `received(reply, eventId)` is called for what comes unasked; `language()` is the page's. */
  constructor({ memory, language, received }) {
    Object.assign(this, { memory, language, received });
    this.stop = () => {};
  }

  get isOpen() {
    return Boolean(this.memory.conversation);
  }

  /** Opens a conversation, unless `wanted()` says meanwhile that nobody waits for it any more. */
  async open(wanted) {
    const opened = await api.open(this.language());
    if (!wanted()) {
      api.erase(opened).catch(() => {});
      return;
    }
    this.memory.conversation = { id: opened.id, token: opened.token };
    this.memory.greeting = opened.messages.map((message) => message.id);
    this.memory.lastEvent = null;
    this.memory.save();
    this.listen();
  }

  /** Takes the event stream up again where this tab left it. */
  listen() {
    this.stop();
    if (this.isOpen) this.stop = listen(this.memory.conversation, this.memory.lastEvent, this.received);
  }

  /** Sends a message; returns its reply. */
  send(body) {
    return api.send(this.memory.conversation, body);
  }

  /** Goes on in the language that was chosen for the page; where the gateway misses it, the next message tells. */
  speak(language) {
    if (this.isOpen) api.chooseLanguage(this.memory.conversation, language).catch(() => {});
  }

  /** Has the gateway erase the conversation; throws ChatError. */
  async erase() {
    if (this.isOpen) await api.erase(this.memory.conversation);
  }

  /** Returns a copy of the conversation; throws ChatError. */
  async copy(format) {
    if (!this.isOpen) throw new api.ChatError("gone");
    return api.copy(this.memory.conversation, format);
  }

  /** Leaves a conversation that the gateway has ended: the next message opens another. */
  leave() {
    this.stop();
    this.memory.conversation = null;
  }
}
