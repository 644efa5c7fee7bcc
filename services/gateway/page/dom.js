// Builds the page's elements. Whatever is said becomes a text node: nothing here, or anywhere else, parses HTML.

const SVG = "http://www.w3.org/2000/svg";

/** Returns an element with attributes (`on` holds listeners) and children, of which strings become text nodes. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, String(value));
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

/** Returns words for screen readers only. */
export function unseen(words) {
  return el("span", { class: "unseen" }, words);
}

/** Returns a decorative drawing, unknown to screen readers, from SVG paths on a 24 by 24 grid. */
export function drawing(name, ...paths) {
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
