// The gateway's chat API. Every failure becomes a ChatError whose kind says what can be done about it.

const BASE = new URL("api/v1/conversations", document.baseURI);
const TIMEOUT_MS = 30_000;
const DEFAULT_RETRY_S = 10;

/** `kind`: unreachable (try again), rate (wait `retryAfterS`), gone (begin anew), long or refused (say it otherwise). */
export class ChatError extends Error {
  constructor(kind, retryAfterS = null) {
    super(kind);
    this.kind = kind;
    this.retryAfterS = retryAfterS;
  }
}

/** Opens a conversation; returns `{id, token, messages}`. */
export function open(language) {
  return call("POST", "", null, { language, channel: "web" });
}

/** Sends `{client_id, text | choice}`; returns `{messages, language, state}`. */
export function send(conversation, body) {
  return call("POST", `/${conversation.id}/messages`, conversation.token, body);
}

/** Has a conversation go on in another language. */
export function chooseLanguage(conversation, language) {
  return call("PATCH", `/${conversation.id}`, conversation.token, { language });
}

/** Has a conversation erased; one that is gone already is fine. */
export async function erase(conversation) {
  try {
    await call("DELETE", `/${conversation.id}`, conversation.token);
  } catch (error) {
    if (error.kind !== "gone") throw error;
  }
}

/** Returns a copy of a conversation as `{name, content}`; `format` is text or json. */
export async function copy(conversation, format) {
  const headers = { Authorization: `Bearer ${conversation.token}` };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const address = `${BASE}/${conversation.id}/export?format=${format}`;
  const answer = await fetch(address, { headers, signal, cache: "no-store", credentials: "omit" });
  if (!answer.ok) throw failure(answer);
  const [, name] = /filename="([\w.-]+)"/.exec(answer.headers.get("Content-Disposition")) ?? [];
  return { name: name ?? "conversation", content: await answer.blob() };
}

/** Opens the stream of what comes unasked, from after the event `lastId`; returns its response. */
export async function events(conversation, lastId, signal) {
  const headers = { Accept: "text/event-stream", Authorization: `Bearer ${conversation.token}` };
  if (lastId) headers["Last-Event-ID"] = lastId;
  const answer = await fetch(`${BASE}/${conversation.id}/events`, { headers, signal, cache: "no-store" });
  if (!answer.ok) throw failure(answer);
  return answer;
}

async function call(method, path, token, body) {
  const headers = { Accept: "application/json" };
  if (body) headers["Content-Type"] = "application/json";
  if (token) headers.Authorization = `Bearer ${token}`;
  let answer;
  try {
    answer = await fetch(`${BASE}${path}`, {
      method,
      headers,
      body: body && JSON.stringify(body),
      credentials: "omit",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (answer.ok) return answer.status === 204 ? null : await answer.json();
  } catch {
    throw new ChatError("unreachable");
  }
  throw failure(answer, (await answer.json().catch(() => ({}))).code);
}

function failure(answer, code) {
  if (answer.status === 429) {
    const seconds = Number(answer.headers.get("Retry-After"));
    return new ChatError("rate", seconds > 0 ? Math.ceil(seconds) : DEFAULT_RETRY_S);
  }
  if ([401, 404, 410].includes(answer.status) || code === "conversation_closed") return new ChatError("gone");
  if (answer.status === 413) return new ChatError("long");
  return new ChatError(answer.status >= 500 || answer.status === 408 ? "unreachable" : "refused");
}
