// The map, in a file of its own that is fetched when a map is asked for: Leaflet on tiles of the configured address.

import { divIcon, latLngBounds, map as leafletMap, marker, tileLayer } from "leaflet";
import leaflet from "leaflet/dist/leaflet.css?inline";

/** A place on the map; its number is the one that it has in the list. */
export interface Point {
  name: string;
  lat: number;
  lon: number;
}

export interface Words {
  zoomIn: string;
  zoomOut: string;
}

const CLOSEST_ZOOM = 16;

/** Draws the places in an element; calls `failed` once where no tile can be fetched. */
export function draw(element: HTMLElement, points: Point[], tiles: string, words: Words, failed: () => void): void {
  adopt(element);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = leafletMap(element, {
    attributionControl: false,
    zoomControl: false,
    zoomAnimation: !calm,
    fadeAnimation: !calm,
    markerZoomAnimation: !calm,
    scrollWheelZoom: false, // the wheel scrolls the conversation
  });
  const layer = tileLayer(tiles, { maxZoom: 19 });
  let isShown = false;
  layer.on("tileload", () => {
    isShown = true;
  });
  layer.on("tileerror", () => {
    if (!isShown) failed();
    isShown = true;
  });
  layer.addTo(map);
  points.forEach((point, at) => {
    const icon = divIcon({ className: "map-pin", html: numbered(at + 1), iconSize: [32, 32] });
    const pin = marker([point.lat, point.lon], { icon, title: point.name });
    // Leaflet names only pins that are pictures.
    pin.on("add", () => pin.getElement()?.setAttribute("aria-label", `${at + 1}. ${point.name}`));
    pin.bindPopup(named(point.name), { closeButton: false }).addTo(map);
  });
  const bounds = latLngBounds(points.map(({ lat, lon }) => [lat, lon]));
  map.fitBounds(bounds, { padding: [32, 32], maxZoom: CLOSEST_ZOOM, animate: false });
  zoomButtons(element, words, map);
}

/** Buttons of our own: Leaflet's are links without an address, which a keyboard's user would take for links. */
function zoomButtons(element: HTMLElement, words: Words, map: { zoomIn: () => unknown; zoomOut: () => unknown }): void {
  const buttons = document.createElement("div");
  buttons.className = "map-zoom";
  const steps: [string, string, () => unknown][] = [
    ["+", words.zoomIn, () => map.zoomIn()],
    ["−", words.zoomOut, () => map.zoomOut()],
  ];
  for (const [sign, name, zoom] of steps) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.setAttribute("aria-label", name);
    button.title = name;
    button.addEventListener("click", (event) => {
      event.stopPropagation();
      zoom();
    });
    buttons.append(button);
  }
  element.append(buttons);
}

/** Elements and no HTML: names come from data. */
function numbered(number: number): HTMLElement {
  const element = document.createElement("span");
  element.textContent = String(number);
  return element;
}

function named(name: string): HTMLElement {
  const element = document.createElement("strong");
  element.textContent = name;
  return element;
}

/** Gives the shadow root that the map is in Leaflet's style sheet, once. */
function adopt(element: HTMLElement): void {
  const root = element.getRootNode();
  if (!(root instanceof ShadowRoot) || root.adoptedStyleSheets.some((sheet) => sheet === adopted)) return;
  adopted ??= new CSSStyleSheet();
  adopted.replaceSync(leaflet);
  root.adoptedStyleSheets = [adopted, ...root.adoptedStyleSheets];
}

let adopted: CSSStyleSheet | undefined;
