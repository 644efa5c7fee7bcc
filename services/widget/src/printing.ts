// Prints the conversation alone, not the site around it: a copy of it in a frame of its own, with everything unfolded.

import { el } from "./dom";
import { printSheet } from "./style";
import type { Language } from "./types";

/** Prints a conversation under a title. */
export function print(log: HTMLElement, title: string, language: Language): void {
  const frame = el("iframe", { class: "print-frame", "aria-hidden": "true", tabindex: "-1", title });
  log.getRootNode().appendChild(frame);
  const view = frame.contentWindow as (Window & typeof globalThis) | null;
  const page = frame.contentDocument;
  if (!view || !page) return;
  page.documentElement.lang = language;
  page.title = title;
  const copy = page.importNode(log, true);
  for (const details of copy.querySelectorAll("details")) details.open = true;
  for (const useless of copy.querySelectorAll("button, .tools, .choices, canvas, .map")) useless.remove();
  const heading = page.createElement("h1");
  heading.textContent = title;
  page.body.append(heading, copy);
  page.adoptedStyleSheets = [printSheet(view)];
  view.addEventListener("afterprint", () => frame.remove());
  view.print();
}
