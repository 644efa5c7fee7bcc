// A report or request: its reference, how far it is, what was done, and the photos that were sent with it.

import { el } from "../dom";
import { icon } from "../icons";
import { dayOf } from "../moments";
import { pictured } from "../photos";
import { t } from "../texts";
import type { Card, Context, Language } from "../types";

interface Report extends Card {
  reference: string;
  name: string;
  stage?: string | null;
  is_closed?: boolean;
  responsible?: string | null;
  place?: string | null;
  expected_at?: string | null;
  closed_at?: string | null;
  steps?: { at: string; note?: string | null }[];
}

/** Returns the report; its photos come after, because only the conversation's token opens them. */
export function report(card: Report, context: Context): HTMLElement {
  const { language, now } = context;
  const facts: [key: string, value: string | null | undefined][] = [
    ["report_place", card.place],
    ["report_by", card.responsible],
    ["report_expected", card.closed_at ? null : card.expected_at && dayOf(card.expected_at, language, now)],
    ["report_closed", card.closed_at && dayOf(card.closed_at, language)],
  ];
  const given = facts.filter(([, value]) => value);
  const stage = card.stage ?? t(language, "report_sent");
  const photos = el("p", { class: "report-photos", hidden: true });
  void showPhotos(photos, card.reference, context);
  return el(
    "section",
    { class: "card report" },
    el("h4", {}, card.name),
    el("p", { class: "report-reference" }, `${t(language, "report_reference")} `, el("strong", {}, card.reference)),
    el("p", { class: card.is_closed ? "sure live" : "sure" }, icon(card.is_closed ? "live" : "timetable"), stage),
    el("dl", {}, given.map(([key, value]) => el("div", {}, el("dt", {}, t(language, key)), el("dd", {}, value)))),
    steps(card.steps ?? [], language),
    photos,
  );
}

function steps(all: { at: string; note?: string | null }[], language: Language): HTMLElement | null {
  const noted = all.filter((step) => step.note);
  if (!noted.length) return null;
  const items = noted.map((step) =>
    el("li", {}, el("time", { datetime: step.at }, dayOf(step.at, language)), " ", step.note),
  );
  return el("ol", { class: "report-steps", "aria-label": t(language, "report_steps") }, items);
}

async function showPhotos(into: HTMLElement, reference: string, { language, photosOf }: Context): Promise<void> {
  try {
    for (const photo of (await photosOf?.(reference)) ?? []) {
      into.append(await pictured(photo, t(language, "report_photo")));
      into.hidden = false;
    }
  } catch {
    into.remove(); // the report stands without them
  }
}
