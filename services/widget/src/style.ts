// The style sheets, adopted by the shadow root: no <style> element, so that a strict content security policy holds.

import base from "./css/base.css?inline";
import cards from "./css/cards.css?inline";
import chat from "./css/chat.css?inline";
import frame from "./css/frame.css?inline";
import paper from "./css/print.css?inline";

/** Steps of the size of the text. */
export const SIZES = [1, 1.2, 1.45, 1.75] as const;
/** The text is this much larger than what the browser takes for medium. */
const LARGER = 1.125;

let screen: CSSStyleSheet | undefined;

/** Returns the widget's style sheet; all widgets of a page share it. */
export function screenSheet(): CSSStyleSheet {
  if (!screen) {
    screen = new CSSStyleSheet();
    screen.replaceSync([base, frame, chat, cards].join("\n"));
  }
  return screen;
}

/** Returns a style sheet for paper, made in the frame that is printed. */
export function printSheet(view: Window & typeof globalThis): CSSStyleSheet {
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync([cards, chat, paper].join("\n"));
  return sheet;
}

/**
 * Sets the unit that every size in the style sheets is a multiple of (there it is written "rem"). It follows the size
 * that the resident chose for the browser and in the widget, never that of the site around it.
 */
export function setSize(host: HTMLElement, size: number): void {
  host.style.removeProperty("--u");
  const medium = Number.parseFloat(getComputedStyle(host).fontSize) || 16;
  host.style.setProperty("--u", `${medium * LARGER * size}px`);
}
