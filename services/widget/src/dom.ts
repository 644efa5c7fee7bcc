// Builds the widget's elements. Whatever is said becomes a text node: nothing here, or anywhere else, parses HTML.

export type Child = Node | string | null | undefined | false | Child[];
type Listeners = Record<string, (event: Event) => void>;
type Attribute = string | number | boolean | null | undefined | Listeners;

const SVG = "http://www.w3.org/2000/svg";

/** Returns an element with attributes (`on` holds listeners) and children, of which strings become text nodes. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, Attribute> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "object" && value !== null) {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, String(value));
    }
  }
  element.append(...flat(children));
  return element;
}

function flat(children: Child[]): (Node | string)[] {
  return children.flatMap((child) => {
    if (Array.isArray(child)) return flat(child);
    return child === null || child === undefined || child === false || child === "" ? [] : [child];
  });
}

/** Returns words for screen readers only. */
export function unseen(words: string): HTMLElement {
  return el("span", { class: "unseen" }, words);
}

/** Returns a decorative drawing, unknown to screen readers, from SVG paths on a 24 by 24 grid. */
export function drawing(name: string, ...paths: string[]): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `icon icon-${name}`);
  for (const path of paths) {
    const shape = document.createElementNS(SVG, "path");
    shape.setAttribute("d", path);
    svg.append(shape);
  }
  return svg;
}

/** Tells whether motion is unwelcome. */
export function calm(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
