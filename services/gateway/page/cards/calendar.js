// The collection calendar: one link that subscribes a telephone, one that gives the file.

import { el } from "../dom.js";
import { outsideLink, subscribeLink } from "../links.js";
import { t } from "../texts.js";

/** Returns the two links under the address that they are for. */
export function calendar(card, { language }) {
  return el(
    "section",
    { class: "card calendar" },
    el("h3", {}, t(language, "calendar"), " ", el("span", { class: "calendar-of" }, card.name)),
    el("p", {}, subscribeLink(card.subscribe, t(language, "subscribe"))),
    el("p", { class: "onward" }, outsideLink(card.file, t(language, "calendar_file"), language)),
  );
}
