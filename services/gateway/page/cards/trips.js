// Trips: the best one leg by leg, the others folded under their times and lines.

import { el, unseen } from "../dom.js";
import { shortTime } from "../moments.js";
import { t } from "../texts.js";
import { badge, mode } from "./departures.js";

/** Returns the trips, the best one open. */
export function trips(card, { language }) {
  return el(
    "section",
    { class: "card trips" },
    el("h3", {}, card.title),
    card.rows.map((row, at) => trip(row, language, at === 0)),
  );
}

function trip(row, language, open) {
  const times = { opens: shortTime(row.departs, language), closes: shortTime(row.arrives, language) };
  const changes = row.changes ? t(language, "trip_changes", { n: row.changes }) : t(language, "trip_direct");
  const facts = [t(language, "minutes", { n: row.minutes }), rides(row).length ? changes : null, walked(row, language)];
  return el(
    "details",
    { open },
    el(
      "summary",
      {},
      el("h4", {}, t(language, "hours_span", times)),
      el("span", { class: "trip-lines" }, rides(row).flatMap((leg) => [unseen(", "), badge(leg)])),
    ),
    el("p", { class: "trip-facts" }, facts.filter(Boolean).join(" · ")),
    el("ol", {}, row.legs.map((leg) => el("li", {}, leg.line ? ride(leg, language) : walk(leg, language)))),
  );
}

function ride(leg, language) {
  return [
    el("p", {}, mode(leg.mode, language), badge(leg), " ", el("span", { class: "headsign" }, t(language, "trip_towards", { place: leg.headsign }))),
    el("p", {}, at(leg.departs, language), leg.from),
    el("p", {}, at(leg.arrives, language), leg.to, " ", el("span", { class: "note" }, t(language, "trip_stops", { n: leg.stops }))),
  ];
}

function at(time, language) {
  return [el("time", { datetime: time }, shortTime(time, language)), " "];
}

function walk(leg, language) {
  return el("p", {}, t(language, "trip_walk", { place: leg.to, n: leg.minutes, metres: leg.walk_m }));
}

function walked(row, language) {
  return row.walk_m ? t(language, "trip_walked", { metres: row.walk_m }) : null;
}

function rides(row) {
  return row.legs.filter((leg) => leg.line);
}
