// Sends messages one after another, in order, each until it has been answered: a retry carries the same client_id, so
// that the gateway answers it once. What fails waits here, and what was written after it waits behind it.

import { ChatError } from "./api.js";

const RETRY_AFTER_MS = [800, 2_500];
const FINAL = ["refused", "long"];

export class Outbox {
  /** `deliver(entry)` resolves when answered, else throws ChatError; `failed(entry, error)` tells the resident. */
  constructor({ deliver, started, failed }) {
    Object.assign(this, { deliver, started, failed });
    this.waiting = [];
    this.busy = false;
    this.timer = null;
    window.addEventListener("online", () => this.flush());
  }

  /** Takes an entry `{clientId, body, …}` and sends it as soon as those before it are answered. */
  put(entry) {
    this.waiting.push(entry);
    return this.flush();
  }

  clear() {
    clearTimeout(this.timer);
    this.waiting = [];
  }

  /** Sends what waits. */
  async flush() {
    clearTimeout(this.timer);
    if (this.busy) return;
    this.busy = true;
    try {
      while (this.waiting.length) {
        const entry = this.waiting[0];
        const error = await this.#tried(entry);
        if (this.waiting[0] !== entry) continue; // cleared meanwhile
        if (!error || FINAL.includes(error.kind)) this.waiting.shift();
        if (!error) continue;
        this.failed(entry, error);
        if (error.kind === "rate") this.timer = setTimeout(() => this.flush(), error.retryAfterS * 1_000);
        if (!FINAL.includes(error.kind)) return;
      }
    } finally {
      this.busy = false;
    }
  }

  /** Returns the error that is left after the quick retries, or null. */
  async #tried(entry) {
    this.started(entry);
    for (const wait of [...RETRY_AFTER_MS, null]) {
      try {
        await this.deliver(entry);
        return null;
      } catch (error) {
        if (!(error instanceof ChatError)) throw error;
        if (error.kind !== "unreachable" || wait === null || !navigator.onLine) return error;
        await new Promise((resolve) => setTimeout(resolve, wait));
        if (this.waiting[0] !== entry) return error;
      }
    }
    return null;
  }
}

/** Returns a new client_id; also where the page is not served over https, which has no crypto.randomUUID. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
