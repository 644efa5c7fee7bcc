// Free moments for an appointment, day by day; each is one of the message's choices.

import { el } from "../dom";
import { dayOf, shortTime } from "../moments";
import { t } from "../texts";
import type { Card, Choice, Context } from "../types";

interface Slot {
  at: string;
  /** Which of the message's choices it is. */
  choice: number;
}

export type Slots = Card & { rows: Slot[] };

/** Tells whether each moment has its choice, without which it could not be taken. */
export function canTake(card: Slots, choices: Choice[] = []): boolean {
  return card.rows.every((row) => choices[row.choice] !== undefined);
}

/** Returns the moments under their days. */
export function slots(card: Slots, { language, now, choices = [], choose }: Context): HTMLElement {
  const days = new Map<string, Slot[]>();
  for (const row of card.rows) {
    const day = dayOf(row.at, language, now);
    days.set(day, [...(days.get(day) ?? []), row]);
  }
  const moment = (row: Slot): HTMLElement => {
    const time = shortTime(row.at, language);
    const choice = choices[row.choice];
    const button = el("button", { type: "button", class: "choice", "aria-label": choice?.label }, time);
    if (choice) button.addEventListener("click", () => choose?.(choice, button));
    return el("li", {}, button);
  };
  const day = ([name, rows]: [string, Slot[]]): HTMLElement =>
    el("li", { class: "slot-day" }, el("h5", {}, name), el("ul", { class: "choices" }, rows.map(moment)));
  return el(
    "section",
    { class: "card slots" },
    el("h4", {}, t(language, "slots")),
    el("ul", { class: "slot-days" }, [...days].map(day)),
  );
}
