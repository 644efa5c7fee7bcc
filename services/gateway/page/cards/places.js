// Places: what each is, how far, where, whether it is open, its hours folded away, and the way to the map.

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { outsideLink, phoneLink } from "../links.js";
import { dayOf, timeOfDay, weekdayOf } from "../moments.js";
import { t } from "../texts.js";
import { hours } from "./contact.js";

/** Returns the places, nearest first. */
export function places(card, { language, now }) {
  return el(
    "section",
    { class: "card places" },
    el("h3", {}, card.title),
    el("ol", {}, card.rows.map((row) => place(row, language, now))),
  );
}

function place(row, language, now) {
  return el(
    "li",
    {},
    el("p", { class: "place-name" }, el("strong", {}, row.name), away(row.distance_m, language)),
    el("p", {}, row.address),
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

/** Returns how far it is, in metres or kilometres; nothing where that is not known. */
function away(metres, language) {
  if (!Number.isFinite(metres)) return null;
  const near = metres < 1000;
  const n = near ? Math.max(10, Math.round(metres / 10) * 10) : metres / 1000;
  const written = new Intl.NumberFormat(language, { maximumFractionDigits: near ? 0 : 1 }).format(n);
  return el("span", { class: "away" }, t(language, near ? "metres" : "kilometres", { n: written }));
}

function state(row, language, now) {
  if (row.closes) {
    const words = t(language, "open_until", { time: timeOfDay(row.closes, language) });
    return el("p", { class: "sure live" }, icon("timetable"), words);
  }
  if (!row.opens) return null;
  const when = { day: dayOf(row.opens, language, now), time: timeOfDay(row.opens, language) };
  return el("p", { class: "sure" }, icon("timetable"), t(language, "opens_next", when));
}

function week(rows, language, now) {
  return el("details", {}, el("summary", {}, t(language, "hours")), hours(rows, language, weekdayOf(now)));
}
