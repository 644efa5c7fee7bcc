// Trips: the best one leg by leg, the others folded under their times and lines.

import { type Child, el, unseen } from "../dom";
import { shortTime } from "../moments";
import { t } from "../texts";
import type { Card, Context, Language } from "../types";
import { badge, type Line, mode } from "./line";

interface Leg extends Line {
  from?: string;
  to: string;
  headsign?: string;
  departs: string;
  arrives: string;
  stops?: number;
  minutes?: number;
  walk_m?: number;
}

interface Trip {
  departs: string;
  arrives: string;
  minutes: number;
  changes: number;
  walk_m?: number;
  legs: Leg[];
}

interface Trips extends Card {
  title: string;
  rows: Trip[];
}

/** Returns the trips, the best one open. */
export function trips(card: Trips, { language }: Context): HTMLElement {
  return el(
    "section",
    { class: "card trips" },
    el("h4", {}, card.title),
    card.rows.map((row, at) => trip(row, language, at === 0)),
  );
}

function trip(row: Trip, language: Language, open: boolean): HTMLElement {
  const times = { opens: shortTime(row.departs, language), closes: shortTime(row.arrives, language) };
  const changes = row.changes ? t(language, "trip_changes", { n: row.changes }) : t(language, "trip_direct");
  const facts = [t(language, "minutes", { n: row.minutes }), rides(row).length ? changes : null, walked(row, language)];
  return el(
    "details",
    { open },
    el(
      "summary",
      {},
      el("h5", {}, t(language, "hours_span", times)),
      el("span", { class: "trip-lines" }, rides(row).flatMap((leg) => [unseen(", "), badge(leg)])),
    ),
    el("p", { class: "trip-facts" }, facts.filter(Boolean).join(" · ")),
    el("ol", {}, row.legs.map((leg) => el("li", {}, leg.line ? ride(leg, language) : walk(leg, language)))),
  );
}

function ride(leg: Leg, language: Language): Child {
  return [
    el(
      "p",
      {},
      mode(leg.mode, language),
      badge(leg),
      " ",
      el("span", { class: "headsign" }, t(language, "trip_towards", { place: leg.headsign })),
    ),
    el("p", {}, at(leg.departs, language), leg.from),
    el(
      "p",
      {},
      at(leg.arrives, language),
      leg.to,
      " ",
      el("span", { class: "note" }, t(language, "trip_stops", { n: leg.stops })),
    ),
  ];
}

function at(time: string, language: Language): Child[] {
  return [el("time", { datetime: time }, shortTime(time, language)), " "];
}

function walk(leg: Leg, language: Language): HTMLElement {
  return el("p", {}, t(language, "trip_walk", { place: leg.to, n: leg.minutes, metres: leg.walk_m }));
}

function walked(row: Trip, language: Language): string | null {
  return row.walk_m ? t(language, "trip_walked", { metres: row.walk_m }) : null;
}

function rides(row: Trip): Leg[] {
  return row.legs.filter((leg) => leg.line);
}
