// A commune's administration: address, telephone, e-mail, site and opening hours.

import { type Child, el } from "../dom";
import { mailLink, outsideLink, phoneLink, safeAddress } from "../links";
import { WEEKDAYS, wallClock, weekdayName, weekdayOf } from "../moments";
import { t } from "../texts";
import type { Card, Context, Language } from "../types";

export interface Hours {
  days: string[];
  opens: string;
  closes: string;
  note?: string | null;
}

interface Contact extends Card {
  name: string;
  address?: string | null;
  phone?: string | null;
  email?: string | null;
  website?: string | null;
  hours?: Hours[];
}

/** Returns the ways to reach it, then the week's hours with the answer's day marked. */
export function contact(card: Contact, { language, now }: Context): HTMLElement {
  const ways: [key: string, value: Child][] = [
    ["address", card.address],
    ["phone", card.phone && phoneLink(card.phone)],
    ["email", card.email && mailLink(card.email)],
    ["website", card.website && outsideLink(card.website, shortAddress(card.website), language)],
  ];
  const given = ways.filter(([, value]) => value);
  return el(
    "section",
    { class: "card contact" },
    el("h4", {}, card.name),
    el("dl", {}, given.map(([key, value]) => el("div", {}, el("dt", {}, t(language, key)), el("dd", {}, value)))),
    card.hours?.length ? hours(card.hours, language, weekdayOf(now)) : null,
  );
}

/** Returns a week's hours as a table, with one day marked. */
export function hours(rows: Hours[], language: Language, today: string): HTMLElement {
  const headings = ["day", "open_hours"].map((key) => el("th", { scope: "col" }, t(language, key)));
  return el(
    "table",
    { class: "hours" },
    el("caption", {}, t(language, "hours")),
    el("thead", { class: "unseen" }, el("tr", {}, headings)),
    el("tbody", {}, WEEKDAYS.map((day) => hoursOf(day, rows, language, day === today))),
  );
}

function hoursOf(day: string, rows: Hours[], language: Language, isToday: boolean): HTMLElement {
  const openings = rows.filter((row) => row.days.includes(day)).sort((one, other) => one.opens.localeCompare(other.opens));
  const mark = isToday ? [" ", el("span", { class: "today" }, t(language, "is_today"))] : [];
  return el(
    "tr",
    { class: isToday ? "is-today" : null },
    el("th", { scope: "row" }, weekdayName(day, language), mark),
    el("td", {}, openings.length ? openings.map((row) => el("div", {}, span(row, language))) : t(language, "closed")),
  );
}

function span(row: Hours, language: Language): Child {
  const times = { opens: wallClock(row.opens, language), closes: wallClock(row.closes, language) };
  const written = t(language, "hours_span", times);
  return row.note ? [written, " ", el("span", { class: "note" }, `(${row.note})`)] : written;
}

function shortAddress(address: string): string {
  const href = safeAddress(address);
  return href ? href.replace(/^https?:\/\/(www\.)?/, "").replace(/\/$/, "") : address;
}
