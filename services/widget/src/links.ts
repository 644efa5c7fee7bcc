// Links that are safe to follow, and the ones found in what the assistant says: addresses, e-mail, telephone numbers.

import { type Child, el, unseen } from "./dom";
import { icon } from "./icons";
import { t } from "./texts";
import type { Language } from "./types";

const FOUND = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]»’])|([\w.+-]+@[\w-]+(?:\.[\w-]+)+)|((?:\+32[ .]?|\b0)\d{1,3}(?:[ ./]\d{2,3}){2,4}\b)/g;

/** Returns an http(s) address that is safe as a link, or null: anything else (javascript:, data:) is refused. */
export function safeAddress(value: unknown): string | null {
  if (typeof value !== "string" || !value) return null;
  try {
    const url = new URL(/^[a-z][a-z0-9+.-]*:/i.test(value) ? value : `https://${value}`);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}

/** Returns a link that leaves the page in a new tab and says so, or plain words where the address is unsafe. */
export function outsideLink(address: unknown, words: string, language: Language): Node {
  const href = safeAddress(address);
  if (!href) return document.createTextNode(words);
  return el(
    "a",
    { href, target: "_blank", rel: "noopener noreferrer" },
    words,
    icon("link"),
    unseen(` ${t(language, "new_tab")}`),
  );
}

/** Returns a link that dials, from a Belgian number as it is written. */
export function phoneLink(written: string): HTMLElement {
  const digits = written.replace(/\(0\)/g, "").replace(/[^\d+]/g, "");
  const international = /^0[1-9]/.test(digits) ? `+32${digits.slice(1)}` : digits;
  return el("a", { href: `tel:${international}`, class: "phone" }, written);
}

/** Returns a link that subscribes a calendar application (webcal:), or plain words where the address is none. */
export function subscribeLink(address: unknown, words: string): Node {
  const isCalendar = typeof address === "string" && address.startsWith("webcal://");
  const safe = isCalendar && safeAddress(`https${address.slice(6)}`);
  return safe ? el("a", { href: `webcal${safe.slice(5)}`, class: "button" }, words) : document.createTextNode(words);
}

/** Returns a link that writes an e-mail. */
export function mailLink(address: string): HTMLElement {
  const [name, domain] = address.split("@");
  const words = domain ? [`${name}@`, el("wbr"), domain] : address;
  return el("a", { href: `mailto:${encodeURIComponent(address).replaceAll("%40", "@")}` }, words);
}

/** Returns a text as nodes, with what can be followed made into links. */
export function linked(text: string, language: Language): Child[] {
  const nodes: Child[] = [];
  let from = 0;
  for (const match of text.matchAll(FOUND)) {
    nodes.push(text.slice(from, match.index), found(match, language));
    from = match.index + match[0].length;
  }
  nodes.push(text.slice(from));
  return nodes;
}

function found([written, address, mail]: RegExpMatchArray, language: Language): Child {
  if (!written) return null;
  if (address) return outsideLink(written, written.replace(/^https?:\/\//, "").replace(/\/$/, ""), language);
  return mail ? mailLink(written) : phoneLink(written);
}
