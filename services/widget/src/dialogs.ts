// Dialogs over the chat: a question before what cannot be taken back, and what is kept of the resident.

import type { Kept } from "./api";
import { el } from "./dom";
import { dayOf } from "./moments";
import { t } from "./texts";
import type { Language } from "./types";

/** Asks, with the focus on the harmless answer; resolves to whether it was confirmed. Texts: <subject>_title, _text. */
export function confirmed(into: HTMLElement, language: Language, subject: string, yes: string): Promise<boolean> {
  const no = el("button", { type: "button", class: "plain" }, t(language, "cancel"));
  const firm = el("button", { type: "button", class: "firm" }, t(language, yes));
  const dialog = el(
    "dialog",
    { class: "confirm", "aria-labelledby": "confirm-title", "aria-describedby": "confirm-text" },
    el("h3", { id: "confirm-title" }, t(language, `${subject}_title`)),
    el("p", { id: "confirm-text" }, t(language, `${subject}_text`)),
    el("div", { class: "buttons" }, no, firm),
  );
  firm.addEventListener("click", () => dialog.close("yes"));
  no.addEventListener("click", () => dialog.close());
  return shown(into, dialog, no).then((answer) => answer === "yes");
}

/** What the resident wants of their data: to save it in a format, to have it erased, or nothing. */
export type Wish = "text" | "json" | "zip" | "erase" | "";

/** Shows what is kept of the conversation; `kept` is null where nothing is. Resolves to what is wanted of it. */
export async function myData(into: HTMLElement, language: Language, kept: Kept | null): Promise<Wish> {
  const close = el("button", { type: "button", class: "plain" }, t(language, "close_dialog"));
  const button = (wish: Wish, key: string, kind: string): HTMLElement => {
    const element = el("button", { type: "button", class: kind }, t(language, key));
    element.addEventListener("click", () => dialog.close(wish));
    return element;
  };
  const actions = kept
    ? [
        button("text", "export_text", "plain half"),
        button("json", "export_json", "plain half"),
        button("zip", "export_zip", "plain"),
        button("erase", "delete", "danger"),
      ]
    : [];
  const title = el("h3", { id: "mydata-title", tabindex: "-1" }, t(language, "mydata"));
  const dialog = el(
    "dialog",
    { class: "mydata", "aria-labelledby": "mydata-title" },
    title,
    kept ? summary(kept, language) : el("p", {}, t(language, "mydata_nothing")),
    el("p", { class: "note" }, t(language, "mydata_more")),
    el("div", { class: "buttons" }, actions, close),
  );
  close.addEventListener("click", () => dialog.close());
  return (await shown(into, dialog, title)) as Wish; // read from its beginning
}

function summary(kept: Kept, language: Language): HTMLElement {
  const facts: [key: string, value: string][] = [["mydata_messages", String(kept.messages.length)]];
  if (kept.photos?.length) facts.push(["mydata_photos", String(kept.photos.length)]);
  const requests = kept.requests.map((request) => request.reference).join(", ");
  if (requests) facts.push(["mydata_requests", requests]);
  const followed = kept.subscriptions.map((each) => each.text);
  if (followed.length) facts.push(["mydata_following", followed.join(" · ")]);
  const until = kept.deleted_at_latest;
  facts.push(["mydata_until", until ? dayOf(until, language) : t(language, "mydata_until_following")]);
  const rows = facts.map(([key, value]) => el("div", {}, el("dt", {}, t(language, key)), el("dd", {}, value)));
  return el("dl", {}, rows);
}

/** Opens a dialog, waits for its end and takes it away; resolves to what it was closed with. */
function shown(into: HTMLElement, dialog: HTMLDialogElement, first: HTMLElement): Promise<string> {
  into.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
    dialog.showModal();
    first.focus();
  });
}
