// A procedure: the first section, which is the one that was asked for, in view, the others under their headings.

import { el } from "../dom";
import { linked, outsideLink } from "../links";
import { t } from "../texts";
import type { Card, Context, Language } from "../types";

const ALL_OPEN_UP_TO = 2;

interface Section {
  facet: string;
  label: string;
  items?: string[] | null;
  text?: string | null;
}

interface Procedure extends Card {
  name: string;
  sections: Section[];
  url?: string | null;
}

/** Returns the procedure's sections and the official page. */
export function procedure(card: Procedure, { language }: Context): HTMLElement {
  const open = card.sections.length <= ALL_OPEN_UP_TO ? card.sections.length : 1;
  return el(
    "section",
    { class: "card procedure" },
    el("h4", {}, card.name),
    card.sections.map((section, at) => sectionOf(section, at < open, language)),
    card.url ? el("p", { class: "onward" }, outsideLink(card.url, t(language, "official_page"), language)) : null,
  );
}

function sectionOf(section: Section, open: boolean, language: Language): HTMLElement {
  return el("details", { open }, el("summary", {}, el("h5", {}, section.label)), body(section, language));
}

function body(section: Section, language: Language): HTMLElement {
  if (!section.items) {
    const paragraphs = String(section.text ?? "").split("\n").filter((line) => line.trim());
    return el("div", {}, paragraphs.map((line) => el("p", {}, linked(line, language))));
  }
  const list = section.facet === "how" ? "ol" : "ul";
  return el(list, {}, section.items.map((item) => el("li", {}, linked(item, language))));
}
