// Hands a file to the browser, which saves it where the resident keeps downloads.

import type { Saved } from "./api";
import { el } from "./dom";

/** Saves `{name, content}`; the address that it is given for a moment works in this page only. */
export function save({ name, content }: Saved): void {
  const address = URL.createObjectURL(content);
  const link = el("a", { href: address, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address));
}
