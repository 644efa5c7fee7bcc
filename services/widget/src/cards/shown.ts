// Which lines of a message's lists a card shows: those that say what one of its rows says. Any other line, such as a
// warning above departures, is read beside the card.

import { dayOf, timeOfDay, wallClock } from "../moments";
import type { Card, Language } from "../types";

/** A row or a part of one, as far as lines are recognised by it; each kind of card has some of these. */
interface Row {
  headsign?: string;
  time?: string;
  collection_date?: string;
  name?: string;
  hours?: { opens?: string; closes?: string }[];
  departs?: string;
  arrives?: string;
  legs?: Row[];
  to?: string;
  minutes?: number;
  walk_m?: number;
}

/** For each row, the words that are all in a line that says the same. */
const WORDS: Record<string, (row: Row, language: Language) => (string | undefined)[][]> = {
  departures: (row, language) => [[row.headsign, time(row.time, language)]],
  collections: (row, language) => [[row.collection_date && dayOf(row.collection_date, language)]],
  places: (row, language) => [
    [row.name],
    ...(row.hours ?? []).map((each) => [clock(each.opens, language), clock(each.closes, language)]),
  ],
  trips: (row, language) => [
    [time(row.departs, language), time(row.arrives, language)],
    ...(row.legs ?? []).map((leg) => (leg.departs ? [leg.to, time(leg.departs, language)] : walk(leg))),
  ],
};

/** Tells whether one of a card's rows says what a line says. */
export function isShown(card: Card, line: string, language: Language): boolean {
  const words = WORDS[card.type];
  if (!words || !("rows" in card) || !Array.isArray(card.rows)) return false;
  const said = plain(line);
  return card.rows
    .flatMap((row: Row) => words(row, language))
    .some((all) => all.every((each) => each && said.includes(plain(each))));
}

/** Returns a text as it is compared. */
export function plain(text: string): string {
  return text.replace(/\s+/g, " ").replace(/ :/g, ":").trim().replace(/\.$/, "").toLowerCase();
}

/** A walk, of which the text does not always name the end; where thousands are parted differs by language. */
function walk({ minutes, walk_m }: Row): string[] {
  return [`${minutes} min`, `${walk_m}`.slice(-3)];
}

function time(value: string | undefined, language: Language): string | undefined {
  return value && timeOfDay(value, language);
}

function clock(value: string | undefined, language: Language): string | undefined {
  return value && wallClock(value, language);
}
