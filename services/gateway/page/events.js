// What comes unasked: an operator's words, a reminder. Server-sent events read by fetch, because an EventSource
// cannot carry the conversation's token; taken up again after the last event that was seen.

import { events } from "./api.js";

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** Keeps a conversation's stream open; calls `receive(data, id)` for each event. Returns what ends it. */
export function listen(conversation, lastId, receive) {
  const ended = new AbortController();
  keepOpen(conversation, lastId, receive, ended.signal);
  return () => ended.abort();
}

async function keepOpen(conversation, lastId, receive, signal) {
  let wait = FIRST_WAIT_MS;
  let seen = lastId;
  while (!signal.aborted) {
    try {
      const answer = await events(conversation, seen, signal);
      for await (const event of read(answer.body)) {
        wait = FIRST_WAIT_MS;
        seen = event.id ?? seen;
        if (!signal.aborted) receive(event.data, seen);
      }
    } catch (error) {
      if (signal.aborted || error.kind === "gone" || error.kind === "refused") return;
    }
    await pause(wait, signal);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }
}

/** Yields `{id, data}` for each event whose data is JSON; comments (": ping") keep the line open and mean nothing. */
async function* read(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    buffer += value;
    const blocks = buffer.split(/\r\n\r\n|\n\n|\r\r/);
    buffer = blocks.pop();
    for (const block of blocks) {
      const event = parse(block);
      if (event) yield event;
    }
  }
}

function parse(block) {
  const fields = { data: [] };
  for (const line of block.split(/\r\n|\n|\r/)) {
    const [, name, value] = /^(id|data): ?(.*)$/.exec(line) ?? [];
    if (name === "data") fields.data.push(value);
    else if (name) fields.id = value;
  }
  try {
    return fields.data.length ? { id: fields.id, data: JSON.parse(fields.data.join("\n")) } : null;
  } catch {
    return null;
  }
}

/** Waits, but not longer than until the connection comes back. */
function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    const now = () => {
      clearTimeout(timer);
      resolve();
    };
    window.addEventListener("online", now, { once: true, signal });
    signal.addEventListener("abort", now, { once: true });
  });
}
