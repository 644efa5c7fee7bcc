// A photo of the resident's, made ready to be sent: turned upright, made smaller, and drawn anew, so that nothing of
// the file but its pixels leaves the device (no place, no time, no camera).

import { el } from "./dom";

const LONGEST_SIDE_PX = 1_600;
const PREVIEW_SIDE_PX = 480;
const QUALITY = 0.85;

export interface Picture {
  content: Blob;
  preview: HTMLElement;
}

/** Returns what is sent of an image file, and what is shown of it. Throws where the browser cannot read it. */
export async function pictureOf(file: Blob, label: string): Promise<Picture> {
  const image = await createImageBitmap(file, { imageOrientation: "from-image" });
  try {
    const canvas = drawn(image, LONGEST_SIDE_PX);
    const content = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
    if (!content) throw new Error("the picture cannot be encoded");
    return { content, preview: named(drawn(image, PREVIEW_SIDE_PX), label) };
  } finally {
    image.close();
  }
}

/** Returns a photo to be shown. Throws where the browser cannot read it. */
export async function pictured(photo: Blob, label: string): Promise<HTMLElement> {
  const image = await createImageBitmap(photo);
  try {
    return named(drawn(image, PREVIEW_SIDE_PX), label);
  } finally {
    image.close();
  }
}

/** Returns width and height with the longest side at most so long. */
export function fitted(width: number, height: number, longest: number): [number, number] {
  const scale = Math.min(1, longest / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/** A canvas and no <img>: a site's policy need not allow pictures from memory. */
function named(canvas: HTMLCanvasElement, label: string): HTMLCanvasElement {
  canvas.className = "picture";
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", label);
  return canvas;
}

function drawn(image: ImageBitmap, longest: number): HTMLCanvasElement {
  const [width, height] = fitted(image.width, image.height, longest);
  const canvas = el("canvas", { width, height });
  const context = canvas.getContext("2d");
  if (!context) throw new Error("the picture cannot be drawn");
  context.fillStyle = "#fff"; // JPEG knows no transparency
  context.fillRect(0, 0, width, height);
  context.drawImage(image, 0, 0, width, height);
  return canvas;
}
