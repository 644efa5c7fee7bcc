// The departures board: line, direction, minutes and time.

import { badgeColours } from "../colours.js";
import { el, unseen } from "../dom.js";
import { icon } from "../icons.js";
import { dateOf, dayOf, shortTime } from "../moments.js";
import { t } from "../texts.js";

const MODES = ["tram", "bus", "metro", "train"];
const COUNTED_MINUTES = 59;

/** Returns the board; `now` is when the answer was given. */
export function departures(card, { language, now }) {
  const caption = t(language, "departures", { time: shortTime(now, language) });
  const columns = ["line", "towards", "leaves"].map((key) => el("th", { scope: "col" }, t(language, key)));
  const table = el(
    "table",
    {},
    el("caption", {}, caption),
    el("thead", {}, el("tr", {}, columns)),
    el("tbody", {}, card.rows.map((row) => departure(row, language, now))),
  );
  return el("div", { class: "card departures" }, table);
}

function departure(row, language, now) {
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, mode(row.mode, language), badge(row)),
    el("td", { class: "headsign" }, row.headsign),
    el("td", { class: "leaves" }, leaves(row, language, now)),
  );
}

/** Returns the name of a kind of vehicle, or nothing for one that the page has no name for. */
export function mode(value, language) {
  const name = String(value ?? "").toLowerCase();
  return MODES.includes(name) ? el("span", { class: "mode" }, t(language, `mode_${name}`), " ") : null;
}

/** Returns a line's name in its colours. */
export function badge(row) {
  const element = el("span", { class: "line" }, row.line);
  const colours = badgeColours(row.color, row.text_color);
  if (colours) {
    element.style.setProperty("background-color", colours.background);
    element.style.setProperty("color", colours.text);
  }
  return element;
}

function leaves(row, language, now) {
  const time = el("time", { datetime: row.time }, when(row.time, language, now));
  const sure = row.realtime ? "live" : "timetable";
  const certainty = el(
    "span",
    { class: `sure ${sure}` },
    icon(sure),
    t(language, row.realtime ? "realtime" : "timetable"),
  );
  const counted = Number.isInteger(row.minutes) && row.minutes >= 0 && row.minutes <= COUNTED_MINUTES;
  if (!counted) return [el("strong", {}, time), unseen(", "), certainty];
  const minutes = row.minutes === 0 ? t(language, "leaves_now") : t(language, "minutes", { n: row.minutes });
  return [el("strong", {}, minutes), unseen(", "), time, unseen(", "), certainty];
}

function when(time, language, now) {
  const written = shortTime(time, language);
  return dateOf(time) === dateOf(now) ? written : `${dayOf(time, language, now)}, ${written}`;
}
