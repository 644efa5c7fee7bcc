// Which card is drawn by which module. An unknown card draws nothing: the message's text always stands alone.

import { calendar } from "./calendar.js";
import { collections } from "./collections.js";
import { contact } from "./contact.js";
import { departures } from "./departures.js";
import { exported } from "./export.js";
import { places } from "./places.js";
import { procedure } from "./procedure.js";
import { trips } from "./trips.js";

const DRAWN = { calendar, collections, contact, departures, export: exported, places, procedure, trips };
const LISTS = {
  calendar: "file",
  collections: "rows",
  contact: "name",
  departures: "rows",
  export: "formats",
  places: "rows",
  procedure: "sections",
  trips: "rows",
};

/** Tells whether a card can be drawn. */
export function isDrawn(card) {
  const kind = card?.type;
  return Object.hasOwn(DRAWN, kind) && Boolean(card[LISTS[kind]]?.length);
}

/** Returns a card's element; `context` holds the message's language and its time. */
export function drawn(card, context) {
  return DRAWN[card.type](card, context);
}
