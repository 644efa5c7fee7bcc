import { expect, test } from "vitest";
import { badgeColours } from "../src/colours";
import { safeAddress } from "../src/links";
import { dayOf, shortTime, timeOfDay, weekdayOf } from "../src/moments";
import { fitted } from "../src/photos";
import { startLanguage, t, tied, untied } from "../src/texts";
import type { Language } from "../src/types";

test.each<[Language, string, string]>([
  ["fr", "18 h 05", "minuit"],
  ["nl", "18.05 uur", "middernacht"],
  ["en", "18:05", "midnight"],
])("times are written as in %s", (language, evening, midnight) => {
  const spaced = (text: string): string => text.replaceAll("\u00a0", " ");
  expect(spaced(timeOfDay("2026-11-24T18:05:00+01:00", language))).toBe(evening);
  expect(timeOfDay("2026-11-25T00:00:00+01:00", language)).toBe(midnight);
});

test("times are those of Brussels, also in summer", () => {
  expect(shortTime("2026-07-01T10:00:00Z", "en")).toBe("12:00");
  expect(shortTime("2026-12-01T10:00:00Z", "en")).toBe("11:00");
  expect(weekdayOf("2026-11-23T23:30:00Z")).toBe("tue");
});

test("a day is named from where the answer stands", () => {
  expect(dayOf("2026-12-01", "fr", "2026-11-30T12:00:00+01:00")).toBe("demain mardi 1er décembre");
  expect(dayOf("2026-12-01", "fr")).toBe("mardi 1er décembre");
});

test.each([
  [["nl-BE", "fr"], "nl"],
  [[null, "xx", "en-US"], "en"],
  [[undefined, "pl"], "fr"],
])("the language of %j is %s", (tags, language) => {
  expect(startLanguage(tags)).toBe(language);
});

test("French punctuation begins no line, and is typed as people type it", () => {
  const written = tied("Est-elle « ouverte » ?", "fr");
  expect(written).toBe("Est-\u2060elle «\u00a0ouverte\u00a0»\u00a0?");
  expect(untied(written)).toBe("Est-elle « ouverte » ?");
});

test("a text that does not exist is an error, not a gap", () => {
  expect(() => t("fr", "nothing")).toThrow("nothing");
});

test.each(["javascript:alert(1)", "data:text/html,x", "", null, 7, "https://"])("%j is no address", (address) => {
  expect(safeAddress(address)).toBeNull();
});

test("an address without a scheme is a web page", () => {
  expect(safeAddress("www.ixelles.be")).toBe("https://www.ixelles.be/");
});

test("line colours that could not be read get another text", () => {
  expect(badgeColours("65B330", "FFFFFF")).toEqual({ background: "rgb(101 179 48)", text: "rgb(0 0 0)" });
  expect(badgeColours("991F36", "FFFFFF")?.text).toBe("rgb(255 255 255)");
  expect(badgeColours("red", null)).toBeNull();
});

test.each([
  [4000, 3000, 1600, 1200],
  [3000, 4000, 1200, 1600],
  [800, 600, 800, 600],
  [9000, 1, 1600, 1],
])("%d by %d fits into 1600 as %d by %d", (width, height, toWidth, toHeight) => {
  expect(fitted(width, height, 1600)).toEqual([toWidth, toHeight]);
});
