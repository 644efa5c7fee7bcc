// Places: what each is, how far, where, whether it is open, its hours folded away, and the way to the map.

import { type Child, el } from "../dom";
import { icon } from "../icons";
import { outsideLink, phoneLink } from "../links";
import { dayOf, timeOfDay, weekdayOf } from "../moments";
import type { Point } from "../map/map";
import { t } from "../texts";
import type { Card, Context, Language } from "../types";
import { mapOf } from "./map";
import { type Hours, hours } from "./contact";

export interface Place {
  name: string;
  address?: string | null;
  distance_m?: number | null;
  closes?: string | null;
  opens?: string | null;
  phone?: string | null;
  hours?: Hours[];
  map?: string | null;
  lat?: number | null;
  lon?: number | null;
  /** What else there is to know: words, or a day. */
  facts?: { label: string; text?: string; day?: string }[];
}

interface Places extends Card {
  title: string;
  rows: Place[];
}

/** Returns the places, nearest first. */
export function places(card: Places, context: Context): HTMLElement {
  const { language, now } = context;
  return el(
    "section",
    { class: "card places" },
    el("h4", {}, card.title),
    el("ol", {}, card.rows.map((row) => place(row, language, now))),
    mapOf(points(card.rows), card.title, context),
  );
}

/** The places that a map can show, in the order of the list; where one has no position, the numbers would not agree. */
function points(rows: Place[]): Point[] {
  const all = rows.map(({ name, lat, lon }) => ({ name, lat: lat ?? Number.NaN, lon: lon ?? Number.NaN }));
  return all.every(({ lat, lon }) => Number.isFinite(lat) && Number.isFinite(lon)) ? all : [];
}

function place(row: Place, language: Language, now: string): HTMLElement {
  return el(
    "li",
    {},
    el("p", { class: "place-name" }, el("strong", {}, row.name), away(row.distance_m, language)),
    el("p", {}, row.address),
    facts(row.facts ?? [], language),
    state(row, language, now),
    el(
      "p",
      { class: "place-links" },
      outsideLink(row.map, t(language, "on_map"), language),
      row.phone ? phoneLink(row.phone) : null,
    ),
    row.hours?.length ? week(row.hours, language, now) : null,
  );
}

function facts(all: NonNullable<Place["facts"]>, language: Language): HTMLElement | null {
  if (!all.length) return null;
  const value = (fact: (typeof all)[number]): Child =>
    fact.day ? el("time", { datetime: fact.day }, dayOf(fact.day, language)) : fact.text;
  return el("dl", {}, all.map((fact) => el("div", {}, el("dt", {}, fact.label), el("dd", {}, value(fact)))));
}

/** Returns how far it is, in metres or kilometres; nothing where that is not known. */
function away(metres: number | null | undefined, language: Language): HTMLElement | null {
  if (typeof metres !== "number" || !Number.isFinite(metres)) return null;
  const near = metres < 1000;
  const n = near ? Math.max(10, Math.round(metres / 10) * 10) : metres / 1000;
  const written = new Intl.NumberFormat(language, { maximumFractionDigits: near ? 0 : 1 }).format(n);
  return el("span", { class: "away" }, t(language, near ? "metres" : "kilometres", { n: written }));
}

function state(row: Place, language: Language, now: string): HTMLElement | null {
  if (row.closes) {
    const words = t(language, "open_until", { time: timeOfDay(row.closes, language) });
    return el("p", { class: "sure live" }, icon("timetable"), words);
  }
  if (!row.opens) return null;
  const when = { day: dayOf(row.opens, language, now), time: timeOfDay(row.opens, language) };
  return el("p", { class: "sure" }, icon("timetable"), t(language, "opens_next", when));
}

function week(rows: Hours[], language: Language, now: string): HTMLElement {
  return el("details", {}, el("summary", {}, t(language, "hours")), hours(rows, language, weekdayOf(now)));
}
