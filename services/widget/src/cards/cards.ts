// Which card is drawn by which module. An unknown card draws nothing: the message's text always stands alone.

import type { Card, Context } from "../types";
import { calendar } from "./calendar";
import { collections } from "./collections";
import { contact } from "./contact";
import { departures } from "./departures";
import { exported } from "./export";
import { places } from "./places";
import { procedure } from "./procedure";
import { report } from "./report";
import { canTake, type Slots, slots } from "./slots";
import { trips } from "./trips";

/** `needs` names what a card cannot do without. */
interface Drawing {
  needs: string;
  // Each module says what its card holds; the gateway's tests hold the two together.
  draw: (card: any, context: Context) => HTMLElement;
}

const DRAWINGS: Record<string, Drawing> = {
  calendar: { needs: "file", draw: calendar },
  collections: { needs: "rows", draw: collections },
  contact: { needs: "name", draw: contact },
  departures: { needs: "rows", draw: departures },
  export: { needs: "formats", draw: exported },
  places: { needs: "rows", draw: places },
  procedure: { needs: "sections", draw: procedure },
  report: { needs: "reference", draw: report },
  slots: { needs: "rows", draw: slots },
  trips: { needs: "rows", draw: trips },
};

/** Tells whether a card can be drawn. */
export function isDrawn(card: Card | null | undefined, context: Context): card is Card {
  if (!card || !Object.hasOwn(DRAWINGS, card.type)) return false;
  if (card.type === "slots" && !canTake(card as Slots, context.choices)) return false;
  const needed = (card as unknown as Record<string, unknown>)[DRAWINGS[card.type]!.needs];
  return Array.isArray(needed) || typeof needed === "string" ? needed.length > 0 : false;
}

/** Returns a card's element. */
export function drawn(card: Card, context: Context): HTMLElement {
  return DRAWINGS[card.type]!.draw(card, context);
}
