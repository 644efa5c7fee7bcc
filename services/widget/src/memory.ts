// What this tab remembers, so that a reload loses nothing: the conversation and what was said, in sessionStorage.
// Nothing is written before the first message, and everything goes when the tab closes or the conversation is erased.

import type { Conversation, Entry, State } from "./types";

const KEY = "bxl-conversation";
const MOST_ENTRIES = 200;

interface Remembered {
  conversation: Conversation | null;
  /** Ids of the gateway's greeting, for which the widget's own welcome stands. */
  greeting: string[];
  entries: Entry[];
  lastEvent: string | null;
  state: State;
  /** Whether the chat was open, so that the site's next page shows it again. */
  isOpen: boolean;
}

const EMPTY: Remembered = {
  conversation: null,
  greeting: [],
  entries: [],
  lastEvent: null,
  state: "assistant",
  isOpen: false,
};

export class Memory {
  #now: Remembered = { ...structuredClone(EMPTY), ...stored() };

  get conversation(): Conversation | null {
    return this.#now.conversation;
  }

  get entries(): readonly Entry[] {
    return this.#now.entries;
  }

  get lastEvent(): string | null {
    return this.#now.lastEvent;
  }

  get state(): State {
    return this.#now.state;
  }

  get isOpen(): boolean {
    return this.#now.isOpen;
  }

  add(entry: Entry): void {
    this.#now.entries.push(entry);
    this.#now.entries.splice(0, this.#now.entries.length - MOST_ENTRIES);
    this.save();
  }

  /** Tells whether a message has been received. */
  has(id: string): boolean {
    if (this.#now.greeting.includes(id)) return true;
    return this.#now.entries.some((entry) => entry.kind === "message" && entry.message.id === id);
  }

  /** Sets some of what is remembered. */
  set(some: Partial<Omit<Remembered, "entries">>): void {
    Object.assign(this.#now, some);
    this.save();
  }

  /** Writes it down, unless nothing has been said yet. */
  save(): void {
    if (!this.#now.entries.length) return;
    try {
      sessionStorage.setItem(KEY, JSON.stringify(this.#now));
    } catch {
      // A browser that refuses storage still has the page itself; only a reload loses the conversation.
    }
  }

  forget(): void {
    this.#now = { ...structuredClone(EMPTY), isOpen: this.#now.isOpen };
    try {
      sessionStorage.removeItem(KEY);
    } catch {
      // Nothing could be stored there either.
    }
  }
}

function stored(): Partial<Remembered> {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
  } catch {
    return {};
  }
}
