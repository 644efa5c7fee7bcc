// The gateway's chat API. Every failure becomes a ChatError whose kind says what can be done about it.

import type { Body, Conversation, Language, MapSource, Opened, Reply, Thumb } from "./types";

const TIMEOUT_MS = 30_000;
const UPLOAD_TIMEOUT_MS = 120_000;
const DEFAULT_RETRY_S = 10;
const GONE = [401, 404, 410];

/** unreachable: try again; rate: wait; gone: begin anew; long, photo or refused: say it otherwise. */
export type Kind = "unreachable" | "rate" | "gone" | "long" | "photo" | "refused";

export class ChatError extends Error {
  constructor(
    readonly kind: Kind,
    readonly retryAfterS: number | null = null,
  ) {
    super(kind);
  }
}

/** A file to be saved. */
export interface Saved {
  name: string;
  content: Blob;
}

/** Everything that is kept of a conversation, as far as the widget shows it. */
export interface Kept {
  messages: { author: string }[];
  requests: { reference: string }[];
  subscriptions: { text: string }[];
  photos?: { id: string; reference: string | null }[];
  deleted_at_latest: string | null;
}

/** What the gateway says of itself: where maps come from, or null where there are none. */
export interface Offers {
  map: MapSource | null;
}

export class Api {
  readonly #base: URL;

  /** `server` is the address that the gateway is at. */
  constructor(readonly server: URL) {
    this.#base = new URL("api/v1/conversations", server);
  }

  /** Opens a conversation. */
  open(language: Language): Promise<Opened> {
    return this.#call("POST", "", null, { language, channel: "web" });
  }

  /** Says something; returns what is said back. */
  send(conversation: Conversation, body: Body): Promise<Reply> {
    return this.#call("POST", `/${conversation.id}/messages`, conversation.token, body);
  }

  /** Brings a photo to the conversation; returns its id, which a message then names. */
  async upload(conversation: Conversation, photo: Blob): Promise<string> {
    const form = new FormData();
    form.set("photo", photo, "photo.jpg");
    const uploaded: { id: string } = await this.#call("POST", `/${conversation.id}/photos`, conversation.token, form);
    return uploaded.id;
  }

  /** Returns a photo of the conversation. */
  async photo(conversation: Conversation, id: string): Promise<Blob> {
    const answer = await this.#fetched(`/${conversation.id}/photos/${encodeURIComponent(id)}`, {
      headers: { Authorization: `Bearer ${conversation.token}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!answer.ok) throw failure(answer);
    return answer.blob();
  }

  /** Says whether a message helped. */
  rate(conversation: Conversation, messageId: string, value: Thumb): Promise<null> {
    const path = `/${conversation.id}/messages/${encodeURIComponent(messageId)}/feedback`;
    return this.#call("POST", path, conversation.token, { value });
  }

  /** Has a conversation go on in another language. */
  chooseLanguage(conversation: Conversation, language: Language): Promise<unknown> {
    return this.#call("PATCH", `/${conversation.id}`, conversation.token, { language });
  }

  /** Returns everything that is kept of a conversation. */
  kept(conversation: Conversation): Promise<Kept> {
    return this.#call("GET", `/${conversation.id}`, conversation.token);
  }

  /** Has a conversation erased; one that is gone already is fine. */
  async erase(conversation: Conversation): Promise<void> {
    try {
      await this.#call("DELETE", `/${conversation.id}`, conversation.token);
    } catch (error) {
      if (!(error instanceof ChatError) || error.kind !== "gone") throw error;
    }
  }

  /** Returns a copy of a conversation; `format` is text or json. */
  async copy(conversation: Conversation, format: string): Promise<Saved> {
    const answer = await this.#fetched(`/${conversation.id}/export?format=${encodeURIComponent(format)}`, {
      headers: { Authorization: `Bearer ${conversation.token}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      cache: "no-store",
    });
    if (!answer.ok) throw failure(answer);
    const name = /filename="([\w.-]+)"/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1];
    const extension = format === "json" ? "json" : "txt";
    return { name: name ?? `conversation.${extension}`, content: await answer.blob() };
  }

  /** Opens the stream of what comes unasked, from after the event `lastId`; returns its response. */
  async events(conversation: Conversation, lastId: string | null, signal: AbortSignal): Promise<Response> {
    const headers: Record<string, string> = {
      Accept: "text/event-stream",
      Authorization: `Bearer ${conversation.token}`,
    };
    if (lastId) headers["Last-Event-ID"] = lastId;
    const answer = await this.#fetched(`/${conversation.id}/events`, { headers, signal, cache: "no-store" });
    if (!answer.ok) throw failure(answer);
    return answer;
  }

  /** Returns what the gateway offers besides the conversation. */
  async offers(): Promise<Offers> {
    const answer = await fetch(new URL("api/v1/widget", this.server), { credentials: "omit" });
    if (!answer.ok) throw failure(answer);
    return answer.json();
  }

  async #call<T>(method: string, path: string, token: string | null, body?: object): Promise<T> {
    const headers: Record<string, string> = { Accept: "application/json" };
    const isForm = body instanceof FormData;
    if (body && !isForm) headers["Content-Type"] = "application/json";
    if (token) headers.Authorization = `Bearer ${token}`;
    const sent = isForm ? body : body && JSON.stringify(body);
    const signal = AbortSignal.timeout(isForm ? UPLOAD_TIMEOUT_MS : TIMEOUT_MS);
    let answer: Response;
    try {
      answer = await this.#fetched(path, { method, headers, body: sent, signal });
      if (answer.ok) return answer.status === 204 ? (null as T) : await answer.json();
    } catch {
      throw new ChatError("unreachable");
    }
    const problem: { code?: string } = await answer.json().catch(() => ({}));
    throw failure(answer, problem.code, isForm);
  }

  #fetched(path: string, options: RequestInit): Promise<Response> {
    return fetch(`${this.#base}${path}`, { ...options, credentials: "omit" });
  }
}

function failure(answer: Response, code?: string, isUpload = false): ChatError {
  if (answer.status === 429) {
    const seconds = Number(answer.headers.get("Retry-After"));
    return new ChatError("rate", seconds > 0 ? Math.ceil(seconds) : DEFAULT_RETRY_S);
  }
  if (GONE.includes(answer.status) || code === "conversation_closed") return new ChatError("gone");
  if (answer.status >= 500 || answer.status === 408) return new ChatError("unreachable");
  if (isUpload) return new ChatError("photo");
  return new ChatError(answer.status === 413 ? "long" : "refused");
}
