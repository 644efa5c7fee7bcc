// The collection calendar: one link that subscribes a telephone, one that gives the file.

import { el } from "../dom";
import { outsideLink, subscribeLink } from "../links";
import { t } from "../texts";
import type { Card, Context } from "../types";

interface Calendar extends Card {
  name: string;
  subscribe: string;
  file: string;
}

/** Returns the two links under the address that they are for. */
export function calendar(card: Calendar, { language }: Context): HTMLElement {
  return el(
    "section",
    { class: "card calendar" },
    el("h4", {}, t(language, "calendar"), " ", el("span", { class: "calendar-of" }, card.name)),
    el("p", {}, subscribeLink(card.subscribe, t(language, "subscribe"))),
    el("p", { class: "onward" }, outsideLink(card.file, t(language, "calendar_file"), language)),
  );
}
