// The conversation with the gateway: opened with the first message, listened to, left when it has ended.

import { type Api, ChatError, type Kept, type Saved } from "./api";
import { listen, type Receive } from "./events";
import type { Memory } from "./memory";
import type { Body, Conversation, Language, Reply, Thumb } from "./types";

export class Session {
  #stop: () => void = () => {};

  /** `received` is called for what comes unasked; `language()` is the widget's. */
  constructor(
    readonly api: Api,
    readonly memory: Memory,
    readonly language: () => Language,
    readonly received: Receive,
  ) {}

  get isOpen(): boolean {
    return this.memory.conversation !== null;
  }

  /** Opens a conversation, unless `wanted()` says meanwhile that nobody waits for it any more. */
  async open(wanted: () => boolean): Promise<void> {
    const opened = await this.api.open(this.language());
    if (!wanted()) {
      this.api.erase(opened).catch(() => {});
      return;
    }
    const greeting = opened.messages.map((message) => message.id);
    this.memory.set({ conversation: { id: opened.id, token: opened.token }, greeting, lastEvent: null });
    this.listen();
  }

  /** Takes the event stream up again where this tab left it. */
  listen(): void {
    this.#stop();
    const { conversation, lastEvent } = this.memory;
    if (conversation) this.#stop = listen(this.api, conversation, lastEvent, this.received);
  }

  /** Stops listening, without a word to the gateway. */
  pause(): void {
    this.#stop();
  }

  /** Sends a message; returns its reply. */
  send(body: Body): Promise<Reply> {
    return this.api.send(this.#conversation(), body);
  }

  /** Brings a photo; returns its id. */
  upload(photo: Blob): Promise<string> {
    return this.api.upload(this.#conversation(), photo);
  }

  /** Says whether a message helped. */
  async rate(messageId: string, value: Thumb): Promise<void> {
    await this.api.rate(this.#conversation(), messageId, value);
  }

  /** Goes on in the language that was chosen; where the gateway misses it, the next message tells. */
  speak(language: Language): void {
    const { conversation } = this.memory;
    if (conversation) this.api.chooseLanguage(conversation, language).catch(() => {});
  }

  /** Has the gateway erase the conversation; throws ChatError. */
  async erase(): Promise<void> {
    if (this.memory.conversation) await this.api.erase(this.memory.conversation);
  }

  /** Returns everything that is kept; throws ChatError. */
  async kept(): Promise<Kept> {
    return this.api.kept(this.#conversation());
  }

  /** Returns the photos of the conversation that went with a report; throws ChatError. */
  async photosOf(reference: string): Promise<Blob[]> {
    const { photos = [] } = await this.kept();
    const sent = photos.filter((photo) => photo.reference === reference);
    return Promise.all(sent.map((photo) => this.api.photo(this.#conversation(), photo.id)));
  }

  /** Returns a copy of the conversation; throws ChatError. */
  async copy(format: string): Promise<Saved> {
    return this.api.copy(this.#conversation(), format);
  }

  /** Leaves a conversation that the gateway has ended: the next message opens another. */
  leave(): void {
    this.#stop();
    this.memory.set({ conversation: null });
  }

  #conversation(): Conversation {
    if (!this.memory.conversation) throw new ChatError("gone");
    return this.memory.conversation;
  }
}
