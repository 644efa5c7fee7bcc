// What of a message's text is still to be read beside its cards. The text stands alone for channels without cards;
// here its lists ("– …") would say a second time what the cards show.

import type { Card } from "../types";

const BULLET = /^[–-]\s+/;
const WHOLE = ["departures", "collections", "places", "trips", "slots", "report"];

interface Block {
  heading: string | null;
  bullets: string[];
}

/** Returns `{before, after}`: the lines to be read before the cards, up to where these take over, and after them. */
export function spared(text: string, cards: Card[]): { before: string[]; after: string[] } {
  const lines = text.split("\n").filter((line) => line.trim());
  if (!cards.length) return { before: lines, after: [] };
  const left = blocks(lines).map((block) => ({ whole: block.bullets.length === 0, lines: missing(block, cards) }));
  const first = left.findIndex((block) => !block.whole || !block.lines.length);
  const at = first < 0 ? left.length : first;
  const joined = (some: { lines: string[] }[]): string[] => some.flatMap((block) => block.lines);
  return { before: joined(left.slice(0, at)), after: joined(left.slice(at)) };
}

/** Returns the lines of a block that no card shows. */
function missing({ heading, bullets }: Block, cards: Card[]): string[] {
  const left = bullets.filter((bullet) => !cards.some((card) => shows(card, bullet, heading)));
  if (bullets.length) return left.length && heading ? [heading, ...left] : left;
  return !heading || cards.some((card) => shows(card, heading, null)) ? [] : [heading];
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

function shows(card: Card, line: string, heading: string | null): boolean {
  const isBullet = BULLET.test(line);
  if (isBullet && WHOLE.includes(card.type)) return true;
  if (isBullet && /:\s*$/.test(heading ?? "") && card.type === "contact") {
    return "hours" in card && Array.isArray(card.hours) && card.hours.length > 0;
  }
  const plain = normal(line.replace(BULLET, ""));
  return strings(card).some((each) => each.length > 2 && (plain === each || plain.endsWith(`: ${each}`)));
}

function strings(value: unknown): string[] {
  if (typeof value === "string") return [normal(value)];
  return value && typeof value === "object" ? Object.values(value).flatMap(strings) : [];
}

function normal(text: string): string {
  return text.replace(/\s+/g, " ").replace(/ :/g, ":").trim().replace(/\.$/, "").toLowerCase();
}
