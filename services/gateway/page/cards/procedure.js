// A procedure: the first section, which is the one that was asked for, in view, the others under their headings.

import { el } from "../dom.js";
import { linked, outsideLink } from "../links.js";
import { t } from "../texts.js";

const ALL_OPEN_UP_TO = 2;

/** Returns the procedure's sections and the official page. */
export function procedure(card, { language }) {
  const open = card.sections.length <= ALL_OPEN_UP_TO ? card.sections.length : 1;
  return el(
    "section",
    { class: "card procedure" },
    el("h3", {}, card.name),
    card.sections.map((section, at) => sectionOf(section, at < open, language)),
    card.url ? el("p", { class: "onward" }, outsideLink(card.url, t(language, "official_page"), language)) : null,
  );
}

function sectionOf(section, open, language) {
  return el("details", { open }, el("summary", {}, el("h4", {}, section.label)), body(section, language));
}

function body(section, language) {
  if (!section.items) {
    const paragraphs = String(section.text ?? "").split("\n").filter((line) => line.trim());
    return el("div", {}, paragraphs.map((line) => el("p", {}, linked(line, language))));
  }
  const list = section.facet === "how" ? "ol" : "ul";
  return el(list, {}, section.items.map((item) => el("li", {}, linked(item, language))));
}
