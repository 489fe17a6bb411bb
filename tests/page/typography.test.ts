import assert from "node:assert/strict";
import { test } from "node:test";
import { spaced } from "../../src/page/typography.ts";

test("French punctuation keeps to the word before it, by the space of each sign", () => {
  const cases = [
    ["En ce moment : 3 jours", "En ce moment\u00a0: 3 jours"],
    ["Le bouton « Relever » ; rien d'autre", "Le bouton «\u00a0Relever\u00a0»\u202f; rien d'autre"],
    ["Tout remplacer ?", "Tout remplacer\u202f?"],
    ["Attention !", "Attention\u202f!"],
    // Pieces of a sentence, as they stand beside a figure.
    [" : ", "\u00a0: "],
    ["« ", "«\u00a0"],
  ];
  for (const [written, shown] of cases) assert.equal(spaced(written ?? "", "fr"), shown);
});

test("hours, addresses and what has its spaces already stay as they are", () => {
  for (const text of ["22:00-06:00", "https://exemple.fr/?a=b", "14,82\u202fkWh", "Déjà\u00a0: oui", "a - b"])
    assert.equal(spaced(text, "fr"), text);
});

test("a unit stays with its figure, in sentences too", () => {
  assert.equal(spaced("Vos 12 kVA, de 6 h à 22 h", "fr"), "Vos 12\u202fkVA, de 6\u202fh à 22\u202fh");
  assert.equal(spaced("7 % des 3 heures, 2 ans, 5 W", "fr"), "7\u202f% des 3 heures, 2 ans, 5\u202fW");
  assert.equal(spaced("A contract of 12 kVA", "en"), "A contract of 12\u202fkVA");
});

test("English has no space before its punctuation", () => {
  assert.equal(spaced("Revert : Quality of service", "en"), "Revert: Quality of service");
  assert.equal(spaced("Up to 20 Nov ; as much as before", "en"), "Up to 20 Nov; as much as before");
  assert.equal(spaced("Done? Yes; at 16:30!", "en"), "Done? Yes; at 16:30!");
});
