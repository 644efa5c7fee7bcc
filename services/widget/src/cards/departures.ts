// The departures board: line, direction, minutes and time. The minutes count down while the board is on the screen.

import { type Child, el, unseen } from "../dom";
import { icon } from "../icons";
import { dateOf, dayOf, shortTime } from "../moments";
import { t } from "../texts";
import type { Card, Context, Language } from "../types";
import { badge, type Line, mode } from "./line";
import { ticking } from "./ticking";

const COUNTED_MINUTES = 59;
const MINUTE_MS = 60_000;
const LATE_MS = 30_000;

interface Departure extends Line {
  headsign: string;
  time: string;
  minutes?: number | null;
  realtime?: boolean | null;
}

/** Returns the board; it begins as it was when the answer was given. */
export function departures(card: Card & { rows: Departure[] }, context: Context): HTMLElement {
  const { language, now } = context;
  const caption = t(language, "departures", { time: shortTime(now, language) });
  const columns = ["line", "towards", "leaves"].map((key) => el("th", { scope: "col" }, t(language, key)));
  const rows = card.rows.map((row) => new Row(row, language, now));
  const table = el(
    "table",
    {},
    el("caption", {}, caption),
    el("thead", {}, el("tr", {}, columns)),
    el("tbody", {}, rows.map((row) => row.element)),
  );
  const element = el("div", { class: "card departures" }, table);
  const ahead = context.ahead_ms;
  if (ahead !== undefined) {
    ticking(element, () => {
      const moment = Date.now() + ahead;
      const left = rows.filter((row) => row.show(moment)).length;
      if (!left) element.append(el("p", { class: "over", "aria-live": "off" }, t(language, "departures_over")));
      return left > 0;
    });
  }
  return element;
}

class Row {
  readonly element: HTMLElement;
  readonly #leaves: HTMLElement;

  constructor(
    readonly row: Departure,
    readonly language: Language,
    readonly now: string,
  ) {
    // A screen reader hears the board once: a clock that goes on is no news.
    this.#leaves = el("td", { class: "leaves", "aria-live": "off" }, this.#written(given(row)));
    this.element = el(
      "tr",
      {},
      el("th", { scope: "row" }, mode(row.mode, language), badge(row)),
      el("td", { class: "headsign" }, row.headsign),
      this.#leaves,
    );
  }

  /** Writes how long it is at a moment; false where it has left. */
  show(moment: number): boolean {
    const left = Date.parse(this.row.time) - moment;
    const isGone = left < -LATE_MS;
    this.element.classList.toggle("gone", isGone);
    const minutes = Math.max(0, Math.floor(left / MINUTE_MS));
    const words = isGone ? [el("strong", {}, t(this.language, "left")), unseen(", "), this.#time()] : this.#written(minutes);
    this.#leaves.replaceChildren(el("span", {}, words));
    return !isGone;
  }

  #time(): HTMLElement {
    return el("time", { datetime: this.row.time }, when(this.row.time, this.language, this.now));
  }

  #written(minutes: number | null): Child[] {
    const { language, row } = this;
    const sure = row.realtime ? "live" : "timetable";
    const words = t(language, row.realtime ? "realtime" : "timetable");
    const certainty = el("span", { class: `sure ${sure}` }, icon(sure), words);
    if (minutes === null || minutes > COUNTED_MINUTES) return [el("strong", {}, this.#time()), unseen(", "), certainty];
    const counted = minutes === 0 ? t(language, "leaves_now") : t(language, "minutes", { n: minutes });
    return [el("strong", {}, counted), unseen(", "), this.#time(), unseen(", "), certainty];
  }
}

function given(row: Departure): number | null {
  return Number.isInteger(row.minutes) && (row.minutes ?? -1) >= 0 ? (row.minutes ?? null) : null;
}

function when(time: string, language: Language, now: string): string {
  const written = shortTime(time, language);
  return dateOf(time) === dateOf(now) ? written : `${dayOf(time, language, now)}, ${written}`;
}
