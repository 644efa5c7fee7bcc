import { beforeEach, expect, test } from "vitest";
import { Memory } from "../src/memory";
import type { Entry } from "../src/types";

const NOTE: Entry = { kind: "note", key: "ended", language: "fr" };

beforeEach(() => sessionStorage.clear());

test("nothing is stored before something is said", () => {
  const memory = new Memory();
  memory.set({ isOpen: true });
  expect(sessionStorage.length).toBe(0);
  memory.add(NOTE);
  expect(sessionStorage.length).toBe(1);
  expect(new Memory().isOpen).toBe(true);
});

test("a message is known again by its id, and the greeting by its own", () => {
  const memory = new Memory();
  memory.set({ greeting: ["g"] });
  memory.add({ kind: "message", message: { id: "m", author: "assistant" } });
  expect(["g", "m", "x"].map((id) => memory.has(id))).toEqual([true, true, false]);
});

test("the oldest entries go, so that a tab's room is never full", () => {
  const memory = new Memory();
  for (let number = 0; number < 250; number += 1) memory.add(NOTE);
  expect(new Memory().entries).toHaveLength(200);
});

test("what is forgotten is gone, and what cannot be read counts as nothing", () => {
  const memory = new Memory();
  memory.add(NOTE);
  memory.forget();
  expect(sessionStorage.length).toBe(0);
  sessionStorage.setItem("bxl-conversation", "{");
  expect(new Memory().entries).toEqual([]);
});
