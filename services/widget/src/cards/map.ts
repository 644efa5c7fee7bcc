// The map of some places, under a button: its pictures come from elsewhere, so it is fetched when it is asked for.

import { el } from "../dom";
import { outsideLink } from "../links";
import type { Point, Words } from "../map/map";
import { t } from "../texts";
import type { Context, Language, MapSource } from "../types";

interface Module {
  draw: (element: HTMLElement, points: Point[], tiles: string, words: Words, failed: () => void) => void;
}

/** Returns the button and the room for the map; nothing where there are no places to show or no tiles. */
export function mapOf(points: Point[], title: string, { language, map }: Context): HTMLElement | null {
  if (!points.length || !map) return null;
  const element = el("div", { class: "map", hidden: true });
  map.source().then(
    (source) => {
      if (!source) return;
      element.append(opener(element, points, title, language, source, () => map.module() as Promise<Module>));
      element.hidden = false;
    },
    () => element.remove(), // the list stands alone
  );
  return element;
}

function opener(
  element: HTMLElement,
  points: Point[],
  title: string,
  language: Language,
  source: MapSource,
  load: () => Promise<Module>,
): HTMLElement {
  let room: HTMLElement | null = null;
  const button = el("button", { type: "button", class: "plain", "aria-expanded": "false" }, t(language, "map_show"));
  const show = (isOn: boolean): void => {
    button.textContent = t(language, isOn ? "map_hide" : "map_show");
    button.setAttribute("aria-expanded", String(isOn));
  };
  button.addEventListener("click", async () => {
    if (room) {
      room.remove();
      room = null;
      show(false);
      return;
    }
    const canvas = el("div", { class: "map-canvas", role: "region", "aria-label": t(language, "map", { title }) });
    const by = source.attribution ? outsideLink(source.attribution_url, source.attribution, language) : null;
    const note = el("p", { class: "note" }, by, by ? " · " : null, t(language, "map_note", { host: hostOf(source) }));
    const made = el("div", { class: "map-room" }, canvas, note);
    room = made;
    element.append(made);
    show(true);
    const failed = (): void => {
      made.replaceChildren(el("p", { role: "status" }, t(language, "map_failed")));
    };
    try {
      const { draw } = await load();
      const words = { zoomIn: t(language, "map_in"), zoomOut: t(language, "map_out") };
      if (made.isConnected) draw(canvas, points, source.tiles, words, failed);
    } catch {
      failed();
    }
  });
  return button;
}

function hostOf(source: MapSource): string {
  return new URL(source.tiles.replaceAll(/[{}]/g, ""), document.baseURI).host;
}
