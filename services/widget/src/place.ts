// Where the resident is, from the browser, which asks them too.

import type { Position } from "./types";

const TIMEOUT_MS = 15_000;
const OLD_ENOUGH_MS = 60_000;
const DECIMALS = 5; // about a metre

/** Why there is no position: denied by the resident or the browser, or not found. */
export class PlaceError extends Error {
  constructor(readonly kind: "denied" | "unknown") {
    super(kind);
  }
}

/** Returns the position. Throws PlaceError. */
export function whereami(): Promise<Position> {
  return new Promise((resolve, reject) => {
    if (!("geolocation" in navigator)) {
      reject(new PlaceError("unknown"));
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lat: rounded(coords.latitude), lon: rounded(coords.longitude) }),
      (error) => reject(new PlaceError(error.code === error.PERMISSION_DENIED ? "denied" : "unknown")),
      { enableHighAccuracy: true, timeout: TIMEOUT_MS, maximumAge: OLD_ENOUGH_MS },
    );
  });
}

function rounded(degrees: number): number {
  return Number(degrees.toFixed(DECIMALS));
}
