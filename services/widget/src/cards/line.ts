// A line of public transport: its kind of vehicle in words, and its name in its colours.

import { badgeColours } from "../colours";
import { el } from "../dom";
import { t } from "../texts";
import type { Language } from "../types";

const MODES = ["tram", "bus", "metro", "train"];

export interface Line {
  line: string;
  mode?: string | null;
  color?: string | null;
  text_color?: string | null;
}

/** Returns the name of a kind of vehicle, or nothing for one that the widget has no name for. */
export function mode(value: string | null | undefined, language: Language): HTMLElement | null {
  const name = String(value ?? "").toLowerCase();
  return MODES.includes(name) ? el("span", { class: "mode" }, t(language, `mode_${name}`), " ") : null;
}

/** Returns a line's name in its colours. */
export function badge(row: Line): HTMLElement {
  const element = el("span", { class: "line" }, row.line);
  const colours = badgeColours(row.color, row.text_color);
  if (colours) {
    element.style.setProperty("background-color", colours.background);
    element.style.setProperty("color", colours.text);
  }
  return element;
}
