import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { messagesFor } from "../../../src/adapters/mqtt/messages.ts";
import { energyPrice } from "../../../src/domain/tariff/price.ts";
import type { Snapshot } from "../../../src/sync/snapshot.ts";
import {
  at,
  calmBridge,
  knownEcowatt,
  knownFlow,
  knownMeter,
  knownSnapshot,
  knownTariff,
  knownTempo,
  unknownSnapshot,
} from "../../support/snapshots.ts";
import { settings } from "./settings.ts";

const payloadOf = (snapshot: Snapshot, topic: string): unknown => {
  const text = messagesFor(snapshot, settings()).states.get(`myelectricaldata/${topic}`);
  assert.ok(text !== undefined, `nothing on ${topic}`);
  return JSON.parse(text);
};
const pdl = "01234567890123";

describe("state payloads", () => {
  it("carry the latest day in kWh, exact to the watt-hour, with its date and Paris time", () => {
    assert.deepEqual(payloadOf(knownSnapshot(), `${pdl}/consumption/daily`), {
      value: 12.345, // 12345 Wh / 1000
      unit: "kWh",
      date: "2026-11-20",
      pdl,
      quality: "complete",
      timestamp: "2026-11-21T08:30:00+01:00", // 07:30 UTC, winter time
      start: "2026-11-20T00:00:00+01:00",
    });
  });

  it("tell how much of a month is missing", () => {
    assert.deepEqual(payloadOf(knownSnapshot(), `${pdl}/consumption/monthly`), {
      value: 250.001, // 250001 Wh / 1000
      unit: "kWh",
      month: "2026-11",
      pdl,
      quality: "partial",
      timestamp: "2026-11-21T08:30:00+01:00",
      start: "2026-11-01T00:00:00+01:00",
      through: "2026-11-20",
      missing_days: 2,
    });
    assert.deepEqual(Object.entries(payloadOf(knownSnapshot(), `${pdl}/consumption/yearly`) as object).slice(0, 3), [
      ["value", 3600],
      ["unit", "kWh"],
      ["year", "2026"],
    ]);
  });

  it("give summer days their own offset", () => {
    const flow = {
      ...knownFlow(),
      latest: { date: "2026-07-14", energyWh: 1, quality: "complete", changedAt: at("2026-07-15T06:00:00Z") },
    };
    const snapshot = knownSnapshot({ usagePoints: [knownMeter({ flows: [flow as ReturnType<typeof knownFlow>] })] });
    const { value, start, timestamp } = payloadOf(snapshot, `${pdl}/consumption/daily`) as Record<string, unknown>;
    assert.deepEqual(
      { value, start, timestamp },
      { value: 0.001, start: "2026-07-14T00:00:00+02:00", timestamp: "2026-07-15T08:00:00+02:00" },
    );
  });

  it("say INCONNU of a colour nobody announced and null of what cannot be counted", () => {
    const known = knownSnapshot();
    assert.deepEqual(payloadOf(known, "tempo/today"), {
      color: "BLANC",
      date: "2026-11-21",
      timestamp: "2026-11-20T10:40:00+01:00",
    });
    assert.deepEqual(payloadOf(known, "tempo/tomorrow"), {
      color: "INCONNU",
      date: "2026-11-22",
      timestamp: null,
    });
    assert.deepEqual(payloadOf(unknownSnapshot(), "tempo/remaining"), {
      blue: null,
      white: null,
      red: null,
      not_lived: { blue: null, white: null, red: null },
      season: "2026-2027",
      unknown_past_days: 82,
      timestamp: null,
    });
  });

  it("list EcoWatt hours as a plain array and mark a decarbonised hour as level 1", () => {
    assert.deepEqual(payloadOf(knownSnapshot({ ecowatt: knownEcowatt(2) }), "ecowatt/forecast"), [
      { hour: "2026-11-21T09:00:00+01:00", level: 1 }, // 08:00 UTC
      { hour: "2026-11-21T10:00:00+01:00", level: 2 },
    ]);
    assert.deepEqual(payloadOf(knownSnapshot(), "ecowatt/current"), {
      level: 1,
      decarbonised: true,
      hour: "2026-11-21T09:00:00+01:00",
      message: "Pas d'alerte.",
      alert: false,
      next_hour: { level: 2, decarbonised: false, hour: "2026-11-21T10:00:00+01:00" },
      timestamp: "2026-11-21T08:30:00+01:00",
    });
  });

  it("tell the price in force, the next one and the days ahead, pending hours without a price", () => {
    const schedule = [
      {
        start: "2026-11-21T06:00:00+01:00",
        end: "2026-11-21T22:00:00+01:00",
        period: "white_hp",
        price: 0.1871, // 187100 micro-euros
      },
      { start: "2026-11-21T22:00:00+01:00", end: "2026-11-22T06:00:00+01:00", period: "white_hc", price: 0.1499 },
      { start: "2026-11-22T06:00:00+01:00", end: "2026-11-24T00:00:00+01:00", period: null, price: null },
    ];
    assert.deepEqual(payloadOf(knownSnapshot(), `${pdl}/tariff/current`), {
      value: 0.1871,
      unit: "EUR/kWh",
      period: "white_hp",
      off_peak: false,
      pdl,
      source: "Tarif Bleu",
      next: { at: "2026-11-21T22:00:00+01:00", value: 0.1499, period: "white_hc" },
      standing_charge: 19.49,
      schedule,
    });
  });

  it("leave pending hours out of the list for energy managers, which read null as free", () => {
    assert.deepEqual(payloadOf(knownSnapshot(), `${pdl}/tariff/schedule`), [
      { start: "2026-11-21T06:00:00+01:00", end: "2026-11-21T22:00:00+01:00", value: 0.1871 },
      { start: "2026-11-21T22:00:00+01:00", end: "2026-11-22T06:00:00+01:00", value: 0.1499 },
    ]);
    assert.deepEqual(payloadOf(unknownSnapshot(), `${pdl}/tariff/schedule`), []);
  });

  it("carry costs in euros, exact to the micro-euro, with the days that have none", () => {
    assert.deepEqual(payloadOf(knownSnapshot(), `${pdl}/cost/daily`), {
      value: 1.85025, // 1850250 micro-euros
      unit: "EUR",
      date: "2026-11-20",
      pdl,
      quality: "complete",
      timestamp: "2026-11-21T08:30:00+01:00",
      start: "2026-11-20T00:00:00+01:00",
      through: "2026-11-20",
      missing_days: 0,
      unpriced_days: 0,
    });
    const { value, month, start, missing_days, unpriced_days } = payloadOf(
      knownSnapshot(),
      `${pdl}/cost/monthly`,
    ) as Record<string, unknown>;
    assert.deepEqual(
      { value, month, start, missing_days, unpriced_days },
      { value: 36.123456, month: "2026-11", start: "2026-11-01T00:00:00+01:00", missing_days: 2, unpriced_days: 1 },
    );
    const projected = payloadOf(knownSnapshot(), `${pdl}/cost/projected`) as Record<string, unknown>;
    assert.deepEqual(
      [projected.value, projected.low, projected.high, projected.with_standing_charge, projected.known_days],
      [60, 52, 70.5, 79.49, 17],
    );
  });

  it("tell the Tempo hours in force, and pending ones as unknown", () => {
    assert.deepEqual(payloadOf(knownSnapshot(), "tempo/now"), {
      color: "BLANC",
      date: "2026-11-21",
      period: "white_hp",
      off_peak: false,
      tomorrow_confirmed: false,
      next_change: "2026-11-22T06:00:00+01:00",
      red_season: true,
    });
    const { color, period } = payloadOf(unknownSnapshot(), "tempo/now") as Record<string, unknown>;
    assert.deepEqual([color, period], ["INCONNU", null]);
  });

  it("never hold a zero where the snapshot knows nothing", () => {
    const counts = new Set(["known_days", "wanted_days", "count"]);
    const zeros: string[] = [];
    for (const [topic, text] of messagesFor(unknownSnapshot(), settings()).states)
      JSON.parse(text, (key, value) => {
        // How many days are known is known, and is none.
        if (value === 0 && !counts.has(key)) zeros.push(`${topic} ${key}`);
        return value;
      });
    assert.deepEqual(zeros, []);
  });

  it("are equal for equal snapshots", () => {
    assert.deepEqual(
      [...messagesFor(knownSnapshot(), settings()).states],
      [...messagesFor(knownSnapshot(), settings()).states],
    );
  });

  it("stay under 4 KB however much is wrong", () => {
    const problem = {
      code: "quota",
      sentence: "é".repeat(3_000),
      text: { fr: "…", en: "…" },
      since: calmBridge.lastSyncAt ?? at("2026-11-21T00:00:00Z"),
      usagePoint: null,
    };
    const stretch = {
      start: at("2026-11-21T05:00:00Z"),
      end: at("2026-11-21T05:10:00Z"),
      period: "sobriety_hc",
      price: energyPrice(123_456),
    } as const;
    const snapshot = knownSnapshot({
      usagePoints: [
        knownMeter({ problem, tariff: knownTariff({ schedule: Array.from({ length: 40 }, () => stretch) }) }),
      ],
      bridge: { ...calmBridge, problems: Array.from({ length: 50 }, () => problem) },
    });
    for (const [topic, text] of messagesFor(snapshot, settings()).states)
      assert.ok(Buffer.byteLength(text) < 4_096, `${topic}: ${Buffer.byteLength(text)} bytes`);
  });
});

describe("what is published", () => {
  it("stands on the topics users know and on no others", () => {
    const { states, availability } = messagesFor(
      knownSnapshot({ usagePoints: [knownMeter({ flows: [knownFlow(), knownFlow("production")] })] }),
      settings(),
    );
    assert.deepEqual(
      [...states.keys(), ...availability.keys()].map((topic) => topic.replace("myelectricaldata/", "")).sort(),
      [
        `${pdl}/consumption/daily`,
        `${pdl}/consumption/index`,
        `${pdl}/consumption/monthly`,
        `${pdl}/consumption/yearly`,
        `${pdl}/consumption/yesterday`,
        `${pdl}/cost/daily`,
        `${pdl}/cost/monthly`,
        `${pdl}/cost/projected`,
        `${pdl}/cost/yearly`,
        `${pdl}/max_power`,
        `${pdl}/production/daily`,
        `${pdl}/production/index`,
        `${pdl}/production/monthly`,
        `${pdl}/production/yearly`,
        `${pdl}/production/yesterday`,
        `${pdl}/state`,
        `${pdl}/status`,
        `${pdl}/tariff/current`,
        `${pdl}/tariff/schedule`,
        "bridge/state",
        "ecowatt/current",
        "ecowatt/forecast",
        "ecowatt/status",
        "tempo/now",
        "tempo/remaining",
        "tempo/status",
        "tempo/today",
        "tempo/tomorrow",
      ],
    );
  });

  it("has no production where the meter has none, and no data nobody chose", () => {
    const { states, discovery } = messagesFor(knownSnapshot(), settings({ exportData: ["consumption_monthly"] }));
    assert.deepEqual(
      [...states.keys()],
      [
        "myelectricaldata/bridge/state",
        `myelectricaldata/${pdl}/consumption/monthly`,
        `myelectricaldata/${pdl}/consumption/yearly`,
        `myelectricaldata/${pdl}/state`,
        `myelectricaldata/${pdl}/tariff/current`,
        `myelectricaldata/${pdl}/tariff/schedule`,
        `myelectricaldata/${pdl}/cost/monthly`,
        `myelectricaldata/${pdl}/cost/yearly`,
        `myelectricaldata/${pdl}/cost/projected`,
      ],
    );
    assert.deepEqual(
      [...discovery.keys()],
      ["homeassistant/device/linky_bridge_bridge/config", `homeassistant/device/linky_bridge_${pdl}/config`],
    );
  });

  it("announces nothing with discovery off, and still has every state", () => {
    const off = messagesFor(knownSnapshot(), settings({ discovery: { enabled: false, prefix: "homeassistant" } }));
    assert.equal(off.discovery.size, 0);
    assert.equal(off.states.size, messagesFor(knownSnapshot(), settings()).states.size);
  });

  it("says of each source whether it is kept up to date", () => {
    const snapshot = knownSnapshot({
      usagePoints: [knownMeter({ available: false })],
      tempo: { ...knownTempo, available: false },
    });
    assert.deepEqual(Object.fromEntries(messagesFor(snapshot, settings()).availability), {
      [`myelectricaldata/${pdl}/status`]: "offline",
      "myelectricaldata/tempo/status": "offline",
      "myelectricaldata/ecowatt/status": "online",
    });
  });
});
