import { expect, test } from "vitest";
import { spared } from "../src/cards/spared";

test("without a card every line is read", () => {
  expect(spared("Un.\n– deux\n", [])).toEqual({ before: ["Un.", "– deux"], after: [] });
});

test("a list that a card shows is not said a second time", () => {
  const card = { type: "departures" };
  expect(spared("Prochain : 81.\nEnsuite :\n– 71\nTemps réel.", [card])).toEqual({
    before: ["Prochain : 81."],
    after: ["Temps réel."],
  });
});

test("a line that is nowhere on the card is kept, one that is there is not", () => {
  const card = { type: "contact", phone: "02 515 61 11" };
  expect(spared("Ouvert.\n– Guichet en ligne\n– Téléphone : 02 515 61 11", [card])).toEqual({
    before: ["Ouvert."],
    after: ["– Guichet en ligne"],
  });
});
