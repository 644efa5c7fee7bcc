// A line's colours as the operator gives them, kept readable (WCAG 2.2, 1.4.3).

const ENOUGH = 4.5;

/** Returns `{background, text}` as CSS colours, or null where the line has no valid colour. */
export function badgeColours(colour, textColour) {
  const background = parse(colour);
  if (!background) return null;
  const given = parse(textColour);
  const text = given && contrast(background, given) >= ENOUGH ? given : readable(background);
  return { background: css(background), text: css(text) };
}

function readable(background) {
  const black = [0, 0, 0];
  const white = [255, 255, 255];
  return contrast(background, black) >= contrast(background, white) ? black : white;
}

function parse(colour) {
  const match = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour ?? "");
  return match ? match.slice(1).map((part) => parseInt(part, 16)) : null;
}

function css(channels) {
  return `rgb(${channels.join(" ")})`;
}

function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(channels) {
  const [red, green, blue] = channels
    .map((channel) => channel / 255)
    .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
