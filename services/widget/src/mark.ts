// The assistant's mark, drawn in the widget so that it needs no file of its own.

const SVG = "http://www.w3.org/2000/svg";
const SPEECH =
  "M11 9h18a4 4 0 0 1 4 4v10a4 4 0 0 1-4 4H19.5l-6.3 5.2c-.8.7-2 .1-2-.9V27H11a4 4 0 0 1-4-4V13a4 4 0 0 1 4-4z";

/** Returns the mark; decoration, unknown to screen readers. */
export function mark(): SVGElement {
  const svg = shape("svg", { viewBox: "0 0 40 40", class: "mark", "aria-hidden": "true" });
  svg.append(
    shape("rect", { width: "40", height: "40", rx: "11", class: "mark-ground" }),
    shape("path", { d: SPEECH, class: "mark-speech" }),
    ...[13.5, 20, 26.5].map((cx, at) =>
      shape("circle", { cx: String(cx), cy: "18", r: "2.3", class: at === 1 ? "mark-iris" : "mark-ground" }),
    ),
  );
  return svg;
}

function shape(tag: string, attributes: Record<string, string>): SVGElement {
  const element = document.createElementNS(SVG, tag) as SVGElement;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
