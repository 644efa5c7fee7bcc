// What comes unasked: an operator's words, a reminder. Server-sent events read by fetch, because an EventSource
// cannot carry the conversation's token; taken up again after the last event that was seen.

import { type Api, ChatError } from "./api";
import type { Conversation, Reply } from "./types";

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

export type Receive = (data: Reply, id: string | null, name: string) => void;

interface ServerEvent {
  id: string | null;
  name: string;
  data: Reply;
}

/** Keeps a conversation's stream open; calls `receive(data, id, name)` for each event. Returns what ends it. */
export function listen(api: Api, conversation: Conversation, lastId: string | null, receive: Receive): () => void {
  const ended = new AbortController();
  void keepOpen(api, conversation, lastId, receive, ended.signal);
  return () => ended.abort();
}

async function keepOpen(
  api: Api,
  conversation: Conversation,
  lastId: string | null,
  receive: Receive,
  signal: AbortSignal,
): Promise<void> {
  let wait = FIRST_WAIT_MS;
  let seen = lastId;
  while (!signal.aborted) {
    try {
      const answer = await api.events(conversation, seen, signal);
      if (answer.body) {
        for await (const event of read(answer.body)) {
          wait = FIRST_WAIT_MS;
          seen = event.id ?? seen;
          if (!signal.aborted) receive(event.data, seen, event.name);
        }
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof ChatError && (error.kind === "gone" || error.kind === "refused")) return;
    }
    await pause(wait, signal);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }
}

/** Yields each event whose data is JSON; comments (": ping") keep the line open and mean nothing. */
export async function* read(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<ServerEvent> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    buffer += value;
    const blocks = buffer.split(/\r\n\r\n|\n\n|\r\r/);
    buffer = blocks.pop() ?? "";
    for (const block of blocks) {
      const event = parse(block);
      if (event) yield event;
    }
  }
}

function parse(block: string): ServerEvent | null {
  const data: string[] = [];
  let id: string | null = null;
  let event = "message";
  for (const line of block.split(/\r\n|\n|\r/)) {
    const [, name, value = ""] = /^(id|data|event): ?(.*)$/.exec(line) ?? [];
    if (name === "data") data.push(value);
    else if (name === "event") event = value;
    else if (name) id = value;
  }
  try {
    return data.length ? { id, name: event, data: JSON.parse(data.join("\n")) } : null;
  } catch {
    return null;
  }
}

/** Waits, but not longer than until the connection comes back. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const now = (): void => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(resolve, milliseconds);
    window.addEventListener("online", now, { once: true, signal });
    signal.addEventListener("abort", now, { once: true });
  });
}
