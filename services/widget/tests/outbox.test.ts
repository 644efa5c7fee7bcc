import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ChatError, type Kind } from "../src/api";
import { newId, Outbox } from "../src/outbox";
import type { Sent } from "../src/types";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function entry(text: string): Sent {
  return { kind: "sent", status: "open", body: { client_id: text, text }, text, language: "fr" };
}

function outbox(plan: (Kind | null)[]) {
  const tried: string[] = [];
  const failures: string[] = [];
  const box = new Outbox({
    deliver: async ({ text }) => {
      tried.push(text);
      const kind = plan.shift();
      if (kind) throw new ChatError(kind, 3);
    },
    started: () => {},
    failed: ({ text }, error) => void failures.push(`${text}: ${error.kind}`),
  });
  return { box, tried, failures };
}

test("messages go out one after another, in order", async () => {
  const { box, tried } = outbox([]);
  await Promise.all(["a", "b", "c"].map((text) => box.put(entry(text))));
  expect(tried).toEqual(["a", "b", "c"]);
});

test("what cannot be reached is tried three times, then waits with what is behind it", async () => {
  const { box, tried, failures } = outbox(["unreachable", "unreachable", "unreachable"]);
  void box.put(entry("a"));
  void box.put(entry("b"));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(tried).toEqual(["a", "a", "a"]);
  expect(failures).toEqual(["a: unreachable"]);
  await box.flush();
  expect(tried).toEqual(["a", "a", "a", "a", "b"]);
});

test.each<Kind>(["refused", "long", "photo"])("what is %s does not hold up the next", async (kind) => {
  const { box, tried, failures } = outbox([kind]);
  await Promise.all([box.put(entry("a")), box.put(entry("b"))]);
  expect(tried).toEqual(["a", "b"]);
  expect(failures).toEqual([`a: ${kind}`]);
});

test("too many messages wait as long as they are told", async () => {
  const { box, tried } = outbox(["rate"]);
  void box.put(entry("a"));
  await vi.advanceTimersByTimeAsync(2_900);
  expect(tried).toEqual(["a"]);
  await vi.advanceTimersByTimeAsync(200);
  expect(tried).toEqual(["a", "a"]);
});

test("the connection's return sends what waits", async () => {
  const { box, tried } = outbox(["unreachable", "unreachable", "unreachable"]);
  void box.put(entry("a"));
  await vi.advanceTimersByTimeAsync(10_000);
  window.dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(0);
  expect(tried).toHaveLength(4);
});

test("what is cleared is not sent again", async () => {
  const { box, tried } = outbox(["unreachable"]);
  void box.put(entry("a"));
  await vi.advanceTimersByTimeAsync(0);
  box.clear();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(tried).toEqual(["a"]);
});

test("ids are UUIDs and differ", () => {
  const ids = Array.from({ length: 100 }, newId);
  expect(new Set(ids).size).toBe(100);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
