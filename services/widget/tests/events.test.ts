import { expect, test } from "vitest";
import { read } from "../src/events";

async function events(...chunks: string[]): Promise<unknown[]> {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(encoder.encode(chunk));
      controller.close();
    },
  });
  const found: unknown[] = [];
  for await (const event of read(body)) found.push(event);
  return found;
}

test("an event is read with its id", async () => {
  expect(await events('id: 7\nevent: message\ndata: {"a":1}\n\n')).toEqual([{ id: "7", name: "message", data: { a: 1 } }]);
});

test("an event that somebody writes has no id", async () => {
  expect(await events("event: typing\ndata: {}\n\n")).toEqual([{ id: null, name: "typing", data: {} }]);
});

test("an event that comes in pieces is put together, also within a letter", async () => {
  const bytes = new TextEncoder().encode('data: {"a":"é"}\n\n');
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const byte of bytes) controller.enqueue(new Uint8Array([byte]));
      controller.close();
    },
  });
  const found: unknown[] = [];
  for await (const event of read(body)) found.push(event.data);
  expect(found).toEqual([{ a: "é" }]);
});

test.each(["\n\n", "\r\n\r\n", "\r\r"])("blocks end with %j", async (end) => {
  expect(await events(`data: 1${end}data: 2${end}`)).toHaveLength(2);
});

test("data of several lines is one", async () => {
  expect(await events('data: {"a":\ndata: 2}\n\n')).toEqual([{ id: null, name: "message", data: { a: 2 } }]);
});

test("comments, empty events and what is no JSON are passed over", async () => {
  expect(await events(": ping\n\n", "event: x\n\n", "data: {\n\n", "data: 3\n\n")).toEqual([{ id: null, name: "message", data: 3 }]);
});

test("an event that is cut off at the end is not told", async () => {
  expect(await events("data: 1\n\ndata: 2")).toHaveLength(1);
});
