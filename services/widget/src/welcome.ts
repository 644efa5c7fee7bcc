// What is there before the first message: what the assistant does, and questions to begin with.

import { el } from "./dom";
import { icon, type IconName } from "./icons";
import { t } from "./texts";
import type { Language } from "./types";

type Starter = [text: string, icon: IconName];

const STARTERS: Starter[] = [
  ["starter_waste", "waste"],
  ["starter_transport", "transport"],
  ["starter_parking", "parking"],
  ["starter_moving", "moving"],
  ["starter_commune", "commune"],
];

/** Questions of one topic, for a link to it (`?topic=waste`). */
const TOPICS: Record<string, Starter[]> = {
  waste: [
    ["starter_waste", "waste"],
    ["topic_waste_sorting", "bag"],
    ["topic_waste_park", "truck"],
    ["topic_waste_bulky", "moving"],
  ],
  transport: [
    ["starter_transport", "transport"],
    ["topic_transport_trip", "commune"],
    ["topic_transport_disruption", "live"],
    ["topic_transport_fares", "parking"],
  ],
  permits: [
    ["starter_parking", "parking"],
    ["starter_moving", "moving"],
    ["topic_permits_needed", "commune"],
    ["topic_permits_terrace", "timetable"],
  ],
  commune: [
    ["starter_commune", "commune"],
    ["topic_commune_contact", "phone"],
    ["topic_commune_appointment", "timetable"],
    ["topic_commune_report", "live"],
  ],
};

/** Tells whether there are questions for a topic. */
export function isTopic(name: string | null): name is string {
  return name !== null && Object.hasOwn(TOPICS, name);
}

/** Writes the welcome in a language; `ask(text)` is called for a question that is chosen. */
export function writeWelcome(
  element: HTMLElement,
  language: Language,
  topic: string | null,
  ask: (text: string) => void,
): void {
  const chosen = (topic && TOPICS[topic]) || STARTERS;
  const starters = chosen.map(([name, picture]) => {
    const question = t(language, name);
    const button = el("button", { type: "button", class: "starter" }, icon(picture), el("span", {}, question));
    button.addEventListener("click", () => ask(question));
    return el("li", {}, button);
  });
  element.replaceChildren(
    el("h3", {}, t(language, "welcome_title")),
    el("p", { class: "lead" }, t(language, "welcome_text")),
    el("h4", { class: "starters-title", id: "starters-title" }, t(language, topic ? `topic_${topic}` : "starters")),
    el("ul", { class: "starters", "aria-labelledby": "starters-title" }, starters),
    el(
      "div",
      { class: "small" },
      el("p", {}, t(language, "welcome_privacy")),
      el("p", {}, `${t(language, "welcome_emergency")} `, el("a", { href: "tel:112" }, "112"), "."),
    ),
  );
}
