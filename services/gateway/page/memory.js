// What this tab remembers, so that a reload loses nothing: the conversation and what was said, in sessionStorage.
// Nothing is written before the first message, and everything goes when the tab closes or the conversation is erased.

const KEY = "bxl-conversation";
const MOST_ENTRIES = 200;
const EMPTY = { conversation: null, greeting: [], entries: [], lastEvent: null, state: "assistant" };

/** The tab's memory: `conversation` `{id, token}`, `greeting` (ids), `entries` in order, `lastEvent`, `state`. */
export class Memory {
  constructor() {
    Object.assign(this, structuredClone(EMPTY), stored());
  }

  /** Adds an entry: `{kind: "message", message}`, `{kind: "sent", …}` or `{kind: "note", …}`. */
  add(entry) {
    this.entries.push(entry);
    this.entries.splice(0, this.entries.length - MOST_ENTRIES);
    this.save();
  }

  /** Tells whether a message has been received; the page's own welcome stands for the gateway's greeting. */
  has(id) {
    if (this.greeting.includes(id)) return true;
    return this.entries.some((entry) => entry.kind === "message" && entry.message.id === id);
  }

  save() {
    const { conversation, greeting, entries, lastEvent, state } = this;
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ conversation, greeting, entries, lastEvent, state }));
    } catch {
      // A browser that refuses storage still has the page itself; only a reload loses the conversation.
    }
  }

  forget() {
    Object.assign(this, structuredClone(EMPTY));
    try {
      sessionStorage.removeItem(KEY);
    } catch {
      // Nothing could be stored there either.
    }
  }
}

function stored() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}
