// Days and times as people in Brussels write them. "Now" is always the answer's own time, not this machine's clock.

import { t } from "./texts";
import type { Language } from "./types";

const ZONE = "Europe/Brussels";
const LOCALES: Record<Language, string> = { fr: "fr-BE", nl: "nl-BE", en: "en-GB" };
const MIDNIGHT: Record<Language, string> = { fr: "minuit", nl: "middernacht", en: "midnight" };
const EVENING_HOUR = 17;
const NO_BREAK = "\u00a0";
export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** Returns the date in Brussels of an instant, or of a date as it is, as YYYY-MM-DD. */
export function dateOf(value: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return value;
  return new Intl.DateTimeFormat("en-CA", { timeZone: ZONE }).format(new Date(value));
}

/** Returns a time of day: "18 h 05", "18.05 uur", "18:05"; midnight by its name. */
export function timeOfDay(value: string, language: Language): string {
  const [hour, minute] = hourAndMinute(value);
  return hour === 0 && minute === 0 ? MIDNIGHT[language] : clock(hour, minute, language);
}

/** Returns a time of a table's cell, always with minutes and without a unit of its own in Dutch. */
export function shortTime(value: string, language: Language): string {
  const [hour, minute] = hourAndMinute(value);
  const minutes = String(minute).padStart(2, "0");
  if (language === "fr") return `${hour}${NO_BREAK}h${NO_BREAK}${minutes}`;
  return `${hour}${language === "nl" ? "." : ":"}${minutes}`;
}

/** Returns opening hours' "09:00" as people write it. */
export function wallClock(value: string, language: Language): string {
  const [hour = 0, minute = 0] = value.split(":").map(Number);
  return clock(hour, minute, language);
}

/** Returns a day: "mardi 24 novembre", with "aujourd'hui" or "demain" before it where `now` makes it so. */
export function dayOf(value: string, language: Language, now?: string): string {
  const date = dateOf(value);
  let written = format(date, language, { weekday: "long", day: "numeric", month: "long" }).replace(",", "");
  if (language === "fr") written = written.replace(" 1 ", " 1er ");
  const ahead = now ? daysBetween(dateOf(now), date) : null;
  if (ahead === 0) return t(language, "today", { day: written });
  if (ahead === 1) return t(language, "tomorrow", { day: written });
  return written;
}

/** Returns a day as `dayOf` does, but "ce soir" where it is the evening of this day. */
export function eveningOf(value: string, language: Language, now: string): string {
  if (dateOf(value) !== dateOf(now) || hourAndMinute(value)[0] < EVENING_HOUR) return dayOf(value, language, now);
  return t(language, "tonight", { day: dayOf(value, language) });
}

/** Returns how many days a date is after another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(dateOf(to)) - Date.parse(dateOf(from))) / 86_400_000);
}

/** Returns the name of a day of the week, from its "mon". */
export function weekdayName(day: string, language: Language): string {
  return format(`2024-01-0${WEEKDAYS.indexOf(day) + 1}`, language, { weekday: "long" });
}

/** Returns which day of the week ("mon") an instant has in Brussels. */
export function weekdayOf(value: string): string {
  return WEEKDAYS[(new Date(`${dateOf(value)}T12:00:00Z`).getUTCDay() + 6) % 7];
}

function format(date: string, language: Language, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone: "UTC" }).format(new Date(`${date}T12:00:00Z`));
}

function hourAndMinute(value: string): [number, number] {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, hour: "2-digit", minute: "2-digit" });
  const [hour = 0, minute = 0] = parts.format(new Date(value)).split(":").map(Number);
  return [hour % 24, minute];
}

function clock(hour: number, minute: number, language: Language): string {
  const minutes = String(minute).padStart(2, "0");
  if (language === "fr") return `${hour}${NO_BREAK}h${minute ? NO_BREAK + minutes : ""}`;
  if (language === "nl") return `${hour}${minute ? `.${minutes}` : ""}${NO_BREAK}uur`;
  return `${hour}:${minutes}`;
}
