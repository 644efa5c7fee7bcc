import { expect, test } from "vitest";
import { spared } from "../src/cards/spared";
import type { Card } from "../src/types";

const ROW = { line: "81", headsign: "Montgomery", time: "2026-11-24T18:05:00+01:00" };
const DEPARTURES = { type: "departures", rows: [ROW] } as Card;

test("without a card every line is read", () => {
  expect(spared("Un.\n– deux\n", [], "fr")).toEqual({ before: ["Un.", "– deux"], after: [] });
});

test.each([
  ["fr", "– tram 81 vers Montgomery : dans 7 minutes, à 18 h 05"],
  ["nl", "– tram 81 richting Montgomery: over 7 minuten, om 18.05 uur"],
  ["en", "– tram 81 towards Montgomery: in 7 minutes, at 18:05"],
] as const)("a list that a card shows is not said a second time (%s)", (language, row) => {
  expect(spared(`Prochain : 71.\nEnsuite :\n${row}\nTemps réel.`, [DEPARTURES], language)).toEqual({
    before: ["Prochain : 71."],
    after: ["Temps réel."],
  });
});

test("what introduces a list is read where the message begins with it", () => {
  const card = { type: "places", rows: [{ name: "Un hôtel" }] } as Card;
  expect(spared("Une enquête est ouverte :\n– Un hôtel.\nComment réagir ?", [card], "fr")).toEqual({
    before: ["Une enquête est ouverte."],
    after: ["Comment réagir ?"],
  });
});

test("a warning in a list of its own is read, before the card where it stands before", () => {
  const warning = "Attention :\n– Le tram 81 ne va pas plus loin que Montgomery.";
  expect(spared(`${warning}\nProchain : 71.\nEnsuite :\n– tram 81 vers Montgomery, à 18 h 05`, [DEPARTURES], "fr")).toEqual({
    before: [...warning.split("\n"), "Prochain : 71."],
    after: [],
  });
});

test.each([
  ["collections", { collection_date: "2026-12-01" }, "– le sac blanc : ramassage le mardi 1er décembre"],
  ["places", { name: "Recypark Sud" }, "– Recypark Sud, à 2 km"],
  ["places", { name: "x", hours: [{ opens: "09:00", closes: "16:00" }] }, "– du mardi au samedi : de 9 h à 16 h"],
  ["trips", { legs: [{ to: "Trône", departs: ROW.time }] }, "– 18 h 05 : bus 71 vers Delta, jusqu'à Trône"],
  ["trips", { legs: [{ minutes: 15, walk_m: 1310 }] }, "– 15 minutes à pied, sur environ 1 310 m"],
  ["trips", { departs: ROW.time, arrives: "2026-11-24T18:25:00+01:00" }, "– 18 h 05, arrivée à 18 h 25 : tram 81"],
])("a row of %s is known in the text (%o)", (type, row, line) => {
  const card = { type, rows: [row] } as Card;
  expect(spared(`Voici :\n${line}\n– Rien de tel.`, [card], "fr")).toEqual({ before: [], after: ["Voici :", "– Rien de tel."] });
});

test("a line that is nowhere on the card is kept, one that is there is not", () => {
  const card = { type: "contact", phone: "02 515 61 11" } as Card;
  expect(spared("Ouvert.\n– Guichet en ligne\n– Téléphone : 02 515 61 11", [card], "fr")).toEqual({
    before: ["Ouvert."],
    after: ["– Guichet en ligne"],
  });
});
