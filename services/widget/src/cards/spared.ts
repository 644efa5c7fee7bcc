// What of a message's text is still to be read beside its cards. The text stands alone for channels without cards;
// here its lists ("– …") would say a second time what the cards show.

import type { Card, Language } from "../types";
import { isShown, plain } from "./shown";

const BULLET = /^[–-]\s+/;

interface Block {
  heading: string | null;
  bullets: string[];
}

/**
 * Returns `{before, after}`: the lines to be read before the cards, up to where these take over, and after them. What
 * introduces a list that a card shows goes with it, unless the message begins with it: there it is the answer.
 */
export function spared(text: string, cards: Card[], language: Language): { before: string[]; after: string[] } {
  const lines = text.split("\n").filter((line) => line.trim());
  if (!cards.length) return { before: lines, after: [] };
  const all = blocks(lines);
  const left = all.map((block) => missing(block, cards, language));
  const first = left.findIndex((lines, at) => lines.length < size(all[at]!));
  const at = first < 0 ? left.length : first;
  const { heading = null, bullets = [] } = all[0] ?? {};
  const lead = at === 0 && heading && bullets.length && !left[0]?.length ? [heading.replace(/\s*:\s*$/, ".")] : [];
  return { before: [...lead, ...left.slice(0, at).flat()], after: left.slice(at).flat() };
}

/** Returns the lines of a block that no card shows. */
function missing({ heading, bullets }: Block, cards: Card[], language: Language): string[] {
  const left = bullets.filter((bullet) => !cards.some((card) => shows(card, bullet, heading, language)));
  if (bullets.length) return left.length && heading ? [heading, ...left] : left;
  return !heading || cards.some((card) => shows(card, heading, null, language)) ? [] : [heading];
}

function size({ heading, bullets }: Block): number {
  return bullets.length + (heading === null ? 0 : 1);
}

/** Lines in blocks: a list with the line that introduces it ("Ensuite :"), or a line alone. */
function blocks(lines: string[]): Block[] {
  const found: Block[] = [];
  for (const line of lines) {
    const last = found.at(-1);
    if (!BULLET.test(line)) found.push({ heading: line, bullets: [] });
    else if (last && (last.bullets.length || /:\s*$/.test(last.heading ?? ""))) last.bullets.push(line);
    else found.push({ heading: null, bullets: [line] });
  }
  return found;
}

function shows(card: Card, line: string, heading: string | null, language: Language): boolean {
  const isBullet = BULLET.test(line);
  if (isBullet && isShown(card, line, language)) return true;
  if (isBullet && /:\s*$/.test(heading ?? "") && card.type === "contact") {
    return "hours" in card && Array.isArray(card.hours) && card.hours.length > 0;
  }
  const said = plain(line.replace(BULLET, ""));
  return strings(card).some((each) => each.length > 2 && (said === each || said.endsWith(`: ${each}`)));
}

function strings(value: unknown): string[] {
  if (typeof value === "string") return [plain(value)];
  return value && typeof value === "object" ? Object.values(value).flatMap(strings) : [];
}
