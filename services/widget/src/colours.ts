// A line's colours as the operator gives them, kept readable (WCAG 2.2, 1.4.3).

const ENOUGH = 4.5;

type Channels = [number, number, number];

/** Returns `{background, text}` as CSS colours, or null where the line has no valid colour. */
export function badgeColours(
  colour: string | null | undefined,
  textColour: string | null | undefined,
): { background: string; text: string } | null {
  const background = parse(colour);
  if (!background) return null;
  const given = parse(textColour);
  const text = given && contrast(background, given) >= ENOUGH ? given : readable(background);
  return { background: css(background), text: css(text) };
}

function readable(background: Channels): Channels {
  const black: Channels = [0, 0, 0];
  const white: Channels = [255, 255, 255];
  return contrast(background, black) >= contrast(background, white) ? black : white;
}

function parse(colour: string | null | undefined): Channels | null {
  const match = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour ?? "");
  return match ? [1, 2, 3].map((at) => parseInt(match[at] ?? "", 16)) as Channels : null;
}

function css(channels: Channels): string {
  return `rgb(${channels.join(" ")})`;
}

function contrast(one: Channels, other: Channels): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminance(channels: Channels): number {
  const [red, green, blue] = channels
    .map((channel) => channel / 255)
    .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4)) as Channels;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
