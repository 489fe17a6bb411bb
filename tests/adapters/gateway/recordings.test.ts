import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { z } from "zod";
import { parseContract } from "../../../src/adapters/gateway/account.ts";
import { parseCurve } from "../../../src/adapters/gateway/curve.ts";
import { openEnvelope } from "../../../src/adapters/gateway/envelope.ts";
import { parseDaily, parseMaxPower } from "../../../src/adapters/gateway/readings.ts";
import { sharedFile, skipWithout } from "../../support/shared-files.ts";
import { days, home } from "./support.ts";

/** Recorded answers of Enedis, as conso.boris.sh and the gateway's first version passed them on. */
const folder = "data/api";

function load(file: string): unknown {
  const path = sharedFile(`${folder}/${file}`);
  if (path === undefined) throw new Error(`${file} is absent`);
  return JSON.parse(readFileSync(path, "utf8"));
}

const recorded = (name: string, file: string, check: (content: unknown) => void): void => {
  test(name, { skip: skipWithout(`${folder}/${file}`) }, () => check(load(file)));
};

const curve = z.looseObject({
  interval_reading: z.array(z.looseObject({ date: z.string(), interval_length: z.string() })),
});

/** Half-hours that Enedis dated at their end, as the gateway dates them: at their start, by naive arithmetic. */
function shifted(content: unknown): object {
  const { interval_reading } = curve.parse(content);
  const points = interval_reading.map((point) => {
    const end = Date.parse(`${point.date.replace(" ", "T")}Z`);
    return { ...point, date: new Date(end - 30 * 60_000).toISOString().slice(0, 19).replace("T", " ") };
  });
  return { meter_reading: { interval_reading: points } };
}

/** Energy of the slots, from watts over half an hour. */
function whOf(content: unknown, period: ReturnType<typeof days>): { slots: number; energyWh: number } {
  const answer = parseCurve(shifted(content), period, undefined);
  if (answer.outcome !== "data") throw new Error(answer.outcome);
  const { slots } = answer.data;
  return { slots: slots.length, energyWh: slots.reduce((sum, slot) => sum + (slot.powerW * slot.minutes) / 60, 0) };
}

recorded(
  "a recorded curve sums to the recorded day: 11,776 Wh",
  "conso-api/200_consumption_load_curve_2023-04-01_2023-04-02.json",
  (content) => assert.deepEqual(whOf(content, days("2023-04-01")), { slots: 48, energyWh: 11776 }),
);

recorded("what a solar home drew: 907 Wh", "conso-api/solar-home_2025-07-10/consumption_load_curve.json", (content) =>
  assert.equal(whOf(content, days("2025-07-10")).energyWh, 907),
);

recorded(
  "what a solar home injected: 4,105 Wh, nights being zero and not missing",
  "conso-api/solar-home_2025-07-10/production_load_curve.json",
  (content) => assert.deepEqual(whOf(content, days("2025-07-10")), { slots: 48, energyWh: 4105 }),
);

recorded("recorded days, the end excluded", "conso-api/200_daily_production_2023-04-01_2023-04-04.json", (content) =>
  assert.deepEqual(parseDaily({ meter_reading: content }, days("2023-04-01", "2023-04-03"), undefined), {
    outcome: "data",
    data: [
      { date: "2023-04-01", energyWh: 643 },
      { date: "2023-04-02", energyWh: 6 },
      { date: "2023-04-03", energyWh: 15411 },
    ],
  }),
);

recorded(
  "a recorded peak, in summer time",
  "conso-api/200_consumption_max_power_2023-04-01_2023-04-02.json",
  (content) =>
    assert.deepEqual(parseMaxPower({ meter_reading: content }, days("2023-04-01"), undefined), {
      outcome: "data",
      data: [{ date: "2023-04-01", at: Date.UTC(2023, 3, 1, 10, 6, 20), powerVa: 4638 }], // 12:06:20 at UTC+2
    }),
);

recorded("a recorded week", "myelectricaldata/Week/week1.json", (content) => {
  const answer = parseDaily(content, days("2020-12-03", "2020-12-09"), undefined);
  assert.equal(answer.outcome === "data" && answer.data.length, 7);
  assert.deepEqual(answer.outcome === "data" && answer.data[0], { date: "2020-12-03", energyWh: 33665 });
});

recorded("a recorded contract", "myelectricaldata/Contract/contract1.json", (content) =>
  assert.deepEqual(parseContract(content, home), {
    outcome: "data",
    data: {
      activationDate: "2007-07-06",
      subscribedPowerKva: 9,
      offpeakHours: "HC (23H30-7H30)",
      segment: "C5",
      distributionTariff: "BTINFCUST",
      status: "SERVC",
      raw: content,
    },
  }),
);

const recordedErrors: readonly (readonly [string, string])[] = [
  ["myelectricaldata/Production/error2.json", "wrong_flow"], // ADAM-ERR0069, three levels deep
  ["myelectricaldata/Production/error1.json", "unavailable"], // UNKERROR_002
  ["myelectricaldata/Month/currentMonthError1.json", "unavailable"], // Internal Server error
  ["myelectricaldata/Error/error1.json", "unavailable"],
  ["myelectricaldata/Error/error2.json", "unavailable"], // a code of the first version, unknown here
];
for (const [file, outcome] of recordedErrors) {
  recorded(`a recorded error in the place of data (${file}) is ${outcome}`, file, (content) =>
    assert.equal(openEnvelope({ success: true, data: content, error: null }).outcome, outcome),
  );
}

recorded(
  "Enedis' refusal of a wrong period is rejected",
  "conso-api/400_daily_consumption_2023-04-02_2023-04-01.json",
  (content) => {
    const { error } = z.object({ error: z.unknown() }).parse(content);
    assert.deepEqual(openEnvelope({ success: true, data: error, error: null }), {
      outcome: "rejected",
      message: "Invalid_request: Start date should be before end date.",
    });
  },
);
