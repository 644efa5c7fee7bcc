// The page's own words, in three languages: texts/<language>.json, with the same keys in each.

export const LANGUAGES = ["fr", "nl", "en"];

const catalogues = {};

/** Fetches the three catalogues: a message may be in another language than the page. */
export async function loadTexts() {
  await Promise.all(
    LANGUAGES.map(async (language) => {
      const answer = await fetch(new URL(`texts/${language}.json`, import.meta.url));
      if (!answer.ok) throw new Error(`texts/${language}.json: ${answer.status}`);
      catalogues[language] = await answer.json();
    }),
  );
}

/** Returns a text with its {parameters} filled in. */
export function t(language, key, parameters = {}) {
  const template = catalogues[language][key];
  if (template === undefined) throw new Error(`no text ${key} in ${language}`);
  return tied(template.replace(/\{(\w+)\}/g, (_, name) => String(parameters[name])), language);
}

/** Returns a text whose French punctuation begins no line, nor the pronoun of a question ("est-elle"). */
export function tied(text, language) {
  if (language !== "fr") return text;
  const spaces = text.replace(/ (?=[?!:;»])/g, "\u00a0").replaceAll("« ", "«\u00a0");
  return spaces.replace(/(\p{L}-)(?=(?:je|il|elle|on|nous|vous|ils|elles)(?!\p{L}))/gu, "$1\u2060");
}

/** Returns a text as it is typed, without what `tied` adds. */
export function untied(text) {
  return text.replaceAll("\u00a0", " ").replaceAll("\u2060", "");
}

/** Returns `language` where it is one of the three, else `otherwise`. */
export function known(language, otherwise) {
  return LANGUAGES.includes(language) ? language : otherwise;
}

/** Returns the language to start in: the address's ?lang=, else the browser's first that is known, else French. */
export function startLanguage(address, preferred) {
  const asked = new URL(address).searchParams.get("lang")?.slice(0, 2).toLowerCase();
  return [asked, ...preferred.map((each) => each.slice(0, 2).toLowerCase())].find((each) => known(each)) ?? "fr";
}

/** Writes the page's language into everything marked with data-text (words) or data-label (a name unseen). */
export function writeTexts(root, language) {
  for (const element of root.querySelectorAll("[data-text]")) element.textContent = t(language, element.dataset.text);
  for (const element of root.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", t(language, element.dataset.label));
  }
}
