// The widget's own words, in three languages: texts/<language>.json, with the same keys in each.

import en from "./texts/en.json";
import fr from "./texts/fr.json";
import nl from "./texts/nl.json";
import type { Language } from "./types";

export const LANGUAGES: readonly Language[] = ["fr", "nl", "en"];

const CATALOGUES: Record<Language, Record<string, string>> = { fr, nl, en };

/** Returns a text with its {parameters} filled in. */
export function t(language: Language, key: string, parameters: Record<string, unknown> = {}): string {
  const template = CATALOGUES[language][key];
  if (template === undefined) throw new Error(`no text ${key} in ${language}`);
  return tied(template.replace(/\{(\w+)\}/g, (_, name: string) => String(parameters[name])), language);
}

/** Returns a text whose French punctuation begins no line, nor the pronoun of a question ("est-elle"). */
export function tied(text: string, language: Language): string {
  if (language !== "fr") return text;
  const spaces = text.replace(/ (?=[?!:;»])/g, "\u00a0").replaceAll("« ", "«\u00a0");
  return spaces.replace(/(\p{L}-)(?=(?:je|il|elle|on|nous|vous|ils|elles)(?!\p{L}))/gu, "$1\u2060");
}

/** Returns a text as it is typed, without what `tied` adds. */
export function untied(text: string): string {
  return text.replaceAll("\u00a0", " ").replaceAll("\u2060", "");
}

/** Returns the one of the three languages that a tag ("nl-BE") is in, or null. */
export function languageOf(tag: string | null | undefined): Language | null {
  const language = tag?.slice(0, 2).toLowerCase();
  return LANGUAGES.find((each) => each === language) ?? null;
}

/** Returns `language` where it is one of the three, else `otherwise`. */
export function known(language: string | null | undefined, otherwise: Language): Language {
  return LANGUAGES.find((each) => each === language) ?? otherwise;
}

/** Returns the first of some tags that is one of the three languages, else French. */
export function startLanguage(tags: (string | null | undefined)[]): Language {
  for (const tag of tags) {
    const language = languageOf(tag);
    if (language) return language;
  }
  return "fr";
}

/** Writes the language into everything marked with data-text (words) or data-label (a name unseen). */
export function writeTexts(root: ParentNode, language: Language): void {
  for (const element of root.querySelectorAll<HTMLElement>("[data-text]")) {
    element.textContent = t(language, element.dataset.text ?? "");
  }
  for (const element of root.querySelectorAll<HTMLElement>("[data-label]")) {
    const words = t(language, element.dataset.label ?? "");
    element.setAttribute("aria-label", words);
    if (element.tagName === "BUTTON") element.title = words;
  }
}
