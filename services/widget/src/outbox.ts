// Sends messages one after another, in order, each until it has been answered: a retry carries the same client_id, so
// that the gateway answers it once. What fails waits here, and what was written after it waits behind it.

import { ChatError, type Kind } from "./api";
import type { Sent } from "./types";

const RETRY_AFTER_MS = [800, 2_500];

/** Failures that trying again does not mend. */
export const FINAL: readonly Kind[] = ["refused", "long", "photo"];

interface Hooks {
  /** Resolves when answered, else throws ChatError. */
  deliver: (entry: Sent) => Promise<void>;
  started: (entry: Sent) => void;
  /** Tells the resident. */
  failed: (entry: Sent, error: ChatError) => void;
}

export class Outbox {
  #waiting: Sent[] = [];
  #busy = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #hooks: Hooks;
  readonly #back = (): void => void this.flush();

  constructor(hooks: Hooks) {
    this.#hooks = hooks;
    window.addEventListener("online", this.#back);
  }

  /** Takes an entry and sends it as soon as those before it are answered. */
  put(entry: Sent): Promise<void> {
    this.#waiting.push(entry);
    return this.flush();
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#waiting = [];
  }

  /** Leaves the page. */
  close(): void {
    this.clear();
    window.removeEventListener("online", this.#back);
  }

  /** Sends what waits. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let entry = this.#waiting[0]; entry; entry = this.#waiting[0]) {
        const error = await this.#tried(entry);
        if (this.#waiting[0] !== entry) continue; // cleared meanwhile
        const isFinal = error !== null && FINAL.includes(error.kind);
        if (!error || isFinal) this.#waiting.shift();
        if (!error) continue;
        this.#hooks.failed(entry, error);
        if (error.kind === "rate") this.#timer = setTimeout(this.#back, (error.retryAfterS ?? 0) * 1_000);
        if (!isFinal) return;
      }
    } finally {
      this.#busy = false;
    }
  }

  /** Returns the error that is left after the quick retries, or null. */
  async #tried(entry: Sent): Promise<ChatError | null> {
    this.#hooks.started(entry);
    for (const wait of [...RETRY_AFTER_MS, null]) {
      try {
        await this.#hooks.deliver(entry);
        return null;
      } catch (error) {
        if (!(error instanceof ChatError)) throw error;
        if (error.kind !== "unreachable" || wait === null || !navigator.onLine) return error;
        await new Promise((resolve) => setTimeout(resolve, wait));
        if (this.#waiting[0] !== entry) return error;
      }
    }
    return null;
  }
}

/** Returns a new client_id; also where the page is not served over https, which has no crypto.randomUUID. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
