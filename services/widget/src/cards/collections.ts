// The collections: what to put out and when, and apart from it, smaller, the day of collection.

import { type Child, el } from "../dom";
import { icon } from "../icons";
import { dateOf, dayOf, daysBetween, eveningOf, timeOfDay } from "../moments";
import { t } from "../texts";
import type { Card, Context, Language } from "../types";

const FRACTIONS = ["white", "yellow", "blue", "orange", "green"];
const SHOWN_DAYS = 7;
const SHOWN_AT_LEAST = 2;

interface Row {
  fraction: string;
  collection_date: string;
  put_out_from: string;
  put_out_until: string;
  moved_from?: string | null;
}

type Round = [Row, ...Row[]];

/** Returns the rounds, those of a week in view and the later ones folded away. */
export function collections(card: Card & { rows: Row[] }, { language, now }: Context): HTMLElement {
  const rounds = grouped(card.rows);
  const near = rounds.filter((round) => daysBetween(now, round[0].put_out_from) < SHOWN_DAYS).length;
  const shown = Math.max(near, Math.min(SHOWN_AT_LEAST, rounds.length));
  const list = (some: Round[]): HTMLElement =>
    el("ul", { class: "rounds" }, some.map((round) => roundItem(round, language, now)));
  const later = rounds.slice(shown);
  return el(
    "section",
    { class: "card collections" },
    el("h4", {}, t(language, "collections")),
    list(rounds.slice(0, shown)),
    later.length
      ? el("details", {}, el("summary", {}, t(language, "more_rounds", { n: later.length })), list(later))
      : null,
  );
}

/** Rows that go out and are collected together make one round. */
function grouped(rows: Row[]): Round[] {
  const rounds = new Map<string, Round>();
  for (const row of rows) {
    const key = [row.put_out_from, row.put_out_until, row.collection_date].join();
    const round = rounds.get(key);
    if (round) round.push(row);
    else rounds.set(key, [row]);
  }
  return [...rounds.values()].sort((one, other) => Date.parse(one[0].put_out_from) - Date.parse(other[0].put_out_from));
}

function roundItem(rows: Round, language: Language, now: string): HTMLElement {
  const [first] = rows;
  const hours = { from: timeOfDay(first.put_out_from, language), until: timeOfDay(first.put_out_until, language) };
  const soon = dateOf(first.put_out_from) === dateOf(now);
  return el(
    "li",
    { class: soon ? "round soon" : "round" },
    el(
      "p",
      { class: "put-out" },
      el("span", { class: "tag" }, t(language, "put_out")),
      " ",
      el("strong", {}, el("time", { datetime: first.put_out_from }, eveningOf(first.put_out_from, language, now))),
      " ",
      el("span", { class: "between" }, t(language, "between", hours)),
    ),
    el("ul", { class: "bags" }, rows.map((row) => bag(row.fraction, language))),
    el("p", { class: "collected" }, icon("truck"), collected(first, language, now)),
  );
}

function collected(row: Row, language: Language, now: string): HTMLElement {
  const day = dayOf(row.collection_date, language, now);
  const colon = language === "fr" ? " : " : ": ";
  const words: Child[] = [t(language, "collected"), colon, el("time", { datetime: row.collection_date }, day)];
  if (row.moved_from) words.push(" ", el("em", {}, `(${t(language, "moved", { day: dayOf(row.moved_from, language) })})`));
  return el("span", {}, words);
}

function bag(fraction: string, language: Language): HTMLElement {
  if (!FRACTIONS.includes(fraction)) return el("li", { class: "bag" }, icon("bag"), fraction);
  return el(
    "li",
    { class: `bag bag-${fraction}` },
    icon("bag"),
    el(
      "span",
      {},
      el("b", {}, t(language, `bag_${fraction}`)),
      " ",
      el("span", { class: "bag-for" }, t(language, `bag_${fraction}_for`)),
    ),
  );
}
