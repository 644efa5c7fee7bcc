import { expect, test } from "vitest";
// @ts-expect-error: the build is plain JavaScript
import { ownUnit } from "../build/own-unit.mjs";

const transformed = (code: string, id: string): string | undefined => ownUnit().transform(code, id)?.code;

test("a length in rem is a multiple of the widget's unit", () => {
  expect(transformed("a { margin: -0.5rem 1rem }", "/x/src/css/base.css?inline")).toBe(
    "a { margin: calc(-0.5 * var(--u)) calc(1 * var(--u)) }",
  );
});

test("other style sheets and words that end in rem are left alone", () => {
  expect(transformed("a { margin: 1rem }", "/x/node_modules/leaflet.css")).toBeUndefined();
  expect(transformed("a { --lorem: x-2rem }", "/x/src/css/base.css")).toBe("a { --lorem: x-2rem }");
});
