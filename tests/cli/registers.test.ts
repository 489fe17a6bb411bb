import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parseRegisters, type RegisterDay } from "../../src/cli/registers.ts";
import { Refusal } from "../../src/config/remark.ts";
import { sharedFile, skipWithout } from "../support/shared-files.ts";

const daysOf = (text: string): readonly RegisterDay[] => {
  const found = parseRegisters(text);
  if (found instanceof Refusal) return assert.fail(found.text.en);
  return found;
};

const tempo = (rows: readonly string[]): string =>
  [
    "\uFEFFIdentifiant PRM;Type de donnees;Date de debut;Date de fin",
    "12000000000001;Index;09/01/2024;25/07/2024",
    "Horodate;Type de releve;EAS F1;EAS F2;EAS F3;EAS F4;EAS F5;EAS F6;EAS F7;EAS T",
    ...rows,
  ].join("\r\n");

test("each register's growth is on the day that begins at the first index's date, whatever its time", () => {
  const days = daysOf(
    tempo([
      "2024-03-30T00:00:00+01:00;Arrêté quotidien;100;200;0;0;0;0;;300",
      "2024-03-31T01:00:00+02:00;Arrêté quotidien;107;220;0;0;0;0;;327",
      "2024-04-01T01:00:00+02:00;Arrêté quotidien;107;225;0;0;3;0;;335",
    ]),
  );
  assert.deepEqual(
    days.map(({ date, energyWh }) => [date, energyWh.get("blue_hc"), energyWh.get("blue_hp"), energyWh.get("red_hc")]),
    [
      ["2024-03-30", 7, 20, 0],
      ["2024-03-31", 0, 5, 3],
    ],
  );
});

test("days without their neighbour, without an index or with one that fell are left out", () => {
  const days = daysOf(
    tempo([
      "2024-01-01T00:00:00+01:00;x;1;1;1;1;1;1;;6",
      "2024-01-03T00:00:00+01:00;x;2;1;1;1;1;1;;7",
      "2024-01-04T00:00:00+01:00;x;;1;1;1;1;1;;7",
      "2024-01-05T00:00:00+01:00;x;9;1;1;1;1;1;;14",
      "2024-01-06T00:00:00+01:00;x;8;1;1;1;1;1;;13",
      "2024-01-07T00:00:00+01:00;x;9;1;1;1;1;1;;14",
    ]),
  );
  assert.deepEqual(
    days.map(({ date }) => date),
    ["2024-01-06"],
  );
});

test("two registers are off-peak and peak, one is base", () => {
  const two =
    "Horodate;Type de releve;EAS F1;EAS F2;EAS F3;EAS T\n2024-01-01T00:00:00Z;x;1;5;;6\n2024-01-02T00:00:00Z;x;3;9;;12";
  assert.deepEqual(
    [...(daysOf(two)[0]?.energyWh ?? [])],
    [
      ["hc", 2],
      ["hp", 4],
    ],
  );
  const one = "Horodate;Type de releve;EAS F1;EAS F2;EAS T\n2024-01-01T00:00:00Z;x;1;;1\n2024-01-02T00:00:00Z;x;3;;3";
  assert.deepEqual([...(daysOf(one)[0]?.energyWh ?? [])], [["base", 2]]);
});

test("another file is refused with what to do", () => {
  for (const text of ["", "a;b\n1;2", tempo([])]) {
    const found = parseRegisters(text);
    assert.ok(found instanceof Refusal);
    assert.match(found.text.fr, /n'est pas l'export des index quotidiens du compteur ; dans votre espace client/);
  }
});

const recorded = "data/enedis-csv/Enedis_Conso_Jour_20240109-20240725.csv";
test("the recorded export has 197 days and the six totals that were published with it", {
  skip: skipWithout(recorded),
}, () => {
  const days = daysOf(readFileSync(sharedFile(recorded) as string, "utf8"));
  assert.equal(days.length, 197);
  const total = (period: "blue_hc" | "blue_hp" | "white_hc" | "white_hp" | "red_hc" | "red_hp") =>
    days.reduce((sum, day) => sum + (day.energyWh.get(period) ?? 0), 0);
  assert.deepEqual(
    [total("blue_hc"), total("blue_hp"), total("white_hc"), total("white_hp"), total("red_hc"), total("red_hp")],
    [1_083_540, 1_412_200, 242_503, 306_317, 199_733, 224_927],
  );
});
