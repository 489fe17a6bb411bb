import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { messagesFor } from "../../../src/adapters/mqtt/messages.ts";
import type { Snapshot } from "../../../src/sync/snapshot.ts";
import {
  at,
  calmBridge,
  knownEcowatt,
  knownFlow,
  knownMeter,
  knownSnapshot,
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
      since: calmBridge.lastSyncAt ?? at("2026-11-21T00:00:00Z"),
      usagePoint: null,
    };
    const snapshot = knownSnapshot({
      usagePoints: [knownMeter({ problem })],
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
        `${pdl}/max_power`,
        `${pdl}/production/daily`,
        `${pdl}/production/index`,
        `${pdl}/production/monthly`,
        `${pdl}/production/yearly`,
        `${pdl}/production/yesterday`,
        `${pdl}/state`,
        `${pdl}/status`,
        "bridge/state",
        "ecowatt/current",
        "ecowatt/forecast",
        "ecowatt/status",
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
