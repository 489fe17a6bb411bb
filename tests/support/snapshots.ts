import { localDate } from "../../src/domain/calendar.ts";
import { energyPrice, microEur } from "../../src/domain/tariff/price.ts";
import { hourMs, type Instant, instant, usagePointId, voltAmperes, wh } from "../../src/domain/units.ts";
import type { Flow } from "../../src/domain/usage-point.ts";
import type {
  BridgeSnapshot,
  CostsSnapshot,
  EcowattSnapshot,
  FlowSnapshot,
  Snapshot,
  TariffSnapshot,
  TempoSnapshot,
  UsagePointSnapshot,
} from "../../src/sync/snapshot.ts";

/** Builders of snapshots: everything known on 21 November 2026 at 09:00 in Paris, or nothing known at all. */
export const at = (text: string): Instant => instant(Date.parse(text));
const changedAt = at("2026-11-21T07:30:00Z");

export const knownFlow = (flow: Flow = "consumption"): FlowSnapshot => ({
  flow,
  latest: { date: localDate("2026-11-20"), energyWh: wh(12_345), quality: "complete", changedAt },
  yesterday: { date: localDate("2026-11-20"), energyWh: wh(12_345), quality: "complete", changedAt },
  yesterdayDate: localDate("2026-11-20"),
  month: {
    period: "2026-11",
    from: localDate("2026-11-01"),
    through: localDate("2026-11-20"),
    energyWh: wh(250_001),
    quality: "partial",
    missingDays: 2,
    changedAt,
  },
  year: {
    period: "2026",
    from: localDate("2026-01-01"),
    through: localDate("2026-11-20"),
    energyWh: wh(3_600_000),
    quality: "estimated",
    missingDays: 0,
    changedAt,
  },
  index: { energyWh: wh(9_876_543), from: localDate("2024-01-01"), through: localDate("2026-11-20"), changedAt },
});

export const unknownFlow = (flow: Flow = "consumption"): FlowSnapshot => ({
  flow,
  latest: null,
  yesterday: null,
  yesterdayDate: localDate("2026-11-20"),
  month: null,
  year: null,
  index: null,
});

/** White day, 09:00 in Paris: peak until 22:00, off-peak until 06:00, and a colour that nobody has announced yet. */
export const knownTariff = (changes: Partial<TariffSnapshot> = {}): TariffSnapshot => {
  const peak = {
    start: at("2026-11-21T05:00:00Z"),
    end: at("2026-11-21T21:00:00Z"),
    period: "white_hp",
    price: energyPrice(187_100),
  } as const;
  const offPeak = {
    start: peak.end,
    end: at("2026-11-22T05:00:00Z"),
    period: "white_hc",
    price: energyPrice(149_900),
  } as const;
  return {
    period: peak.period,
    offPeak: false,
    price: peak.price,
    source: { kind: "regulated", name: "Tarif Bleu" },
    next: offPeak,
    schedule: [peak, offPeak, { start: offPeak.end, end: at("2026-11-23T23:00:00Z"), period: null, price: null }],
    standing: microEur(19_490_000),
    ...changes,
  };
};

export const unknownTariff: TariffSnapshot = {
  period: null,
  offPeak: null,
  price: null,
  source: null,
  next: null,
  schedule: [{ start: at("2026-11-20T23:00:00Z"), end: at("2026-11-23T23:00:00Z"), period: null, price: null }],
  standing: null,
};

const through = localDate("2026-11-20");
export const knownCosts: CostsSnapshot = {
  latest: {
    period: "2026-11-20",
    from: through,
    through,
    amount: microEur(1_850_250),
    quality: "complete",
    missingDays: 0,
    unpricedDays: 0,
    changedAt,
  },
  month: {
    period: "2026-11",
    from: localDate("2026-11-01"),
    through,
    amount: microEur(36_123_456),
    quality: "partial",
    missingDays: 2,
    unpricedDays: 1,
    changedAt,
  },
  year: {
    period: "2026",
    from: localDate("2026-01-01"),
    through,
    amount: microEur(612_000_000),
    quality: "partial",
    missingDays: 0,
    unpricedDays: 1,
    changedAt,
  },
  projection: {
    month: "2026-11",
    knownDays: 17,
    knownCost: microEur(36_123_456),
    estimatedDays: { weekday_in_season: 13, weekday: 0, any_day: 0 },
    energy: { expected: microEur(60_000_000), low: microEur(52_000_000), high: microEur(70_500_000) },
    total: { expected: microEur(79_490_000), low: microEur(71_490_000), high: microEur(89_990_000) },
  },
};

const unknownCosts: CostsSnapshot = { latest: null, month: null, year: null, projection: null };

export const knownMeter = (changes: Partial<UsagePointSnapshot> = {}): UsagePointSnapshot => ({
  id: usagePointId("01234567890123"),
  name: "Maison",
  available: true,
  subscribedPowerKva: 9,
  flows: [knownFlow()],
  tariff: knownTariff(),
  costs: knownCosts,
  maxPower: { date: localDate("2026-11-20"), at: at("2026-11-20T18:12:00Z"), powerVa: voltAmperes(5_980) },
  dataThrough: at("2026-11-20T23:00:00Z"),
  late: false,
  history: { knownDays: 700, wantedDays: 1_095, remainingCalls: 8 },
  problem: null,
  ...changes,
});

export const unknownMeter = (changes: Partial<UsagePointSnapshot> = {}): UsagePointSnapshot => ({
  id: usagePointId("01234567890123"),
  name: null,
  available: true,
  subscribedPowerKva: null,
  flows: [unknownFlow(), unknownFlow("production")],
  tariff: unknownTariff,
  costs: unknownCosts,
  maxPower: null,
  dataThrough: null,
  late: null,
  history: { knownDays: 0, wantedDays: 0, remainingCalls: 0 },
  problem: null,
  ...changes,
});

export const knownTempo: TempoSnapshot = {
  available: true,
  today: { date: localDate("2026-11-21"), color: "BLANC", announcedAt: instant(Date.parse("2026-11-20T09:40:00Z")) },
  tomorrow: { date: localDate("2026-11-22"), color: null, announcedAt: null },
  now: { period: "white_hp", offPeak: false, nextDayAt: at("2026-11-22T05:00:00Z"), redSeason: true },
  season: "2026-2027",
  remaining: {
    notAnnounced: { BLEU: 222, BLANC: 40, ROUGE: 21 },
    notLived: { BLEU: 222, BLANC: 40, ROUGE: 21 },
  },
  unknownPastDays: 0,
  changedAt,
};

const hour = at("2026-11-21T08:00:00Z");
export const knownEcowatt = (hours = 4): EcowattSnapshot => {
  const forecast = Array.from({ length: hours }, (_, position) => ({
    at: instant(hour + position * hourMs),
    level: position === 1 ? (2 as const) : (1 as const),
    decarbonised: position === 0,
  }));
  return {
    available: true,
    current: { at: hour, level: 1, decarbonised: true, message: "Pas d'alerte." },
    nextHour: { at: instant(hour + hourMs), level: 2, decarbonised: false },
    forecast,
    alert: false,
    changedAt,
  };
};

export const calmBridge: BridgeSnapshot = {
  version: "0.1.0",
  lastSyncAt: changedAt,
  nextCallAt: at("2026-11-21T10:00:00Z"),
  budget: { used: 12, allowed: 50, left: 38 },
  problems: [],
};

export const knownSnapshot = (changes: Partial<Snapshot> = {}): Snapshot => ({
  usagePoints: [knownMeter()],
  tempo: knownTempo,
  ecowatt: knownEcowatt(),
  bridge: calmBridge,
  ...changes,
});

/** As before the first answer of any source. */
export const unknownSnapshot = (changes: Partial<Snapshot> = {}): Snapshot => ({
  usagePoints: [unknownMeter()],
  tempo: {
    available: false,
    today: { date: localDate("2026-11-21"), color: null, announcedAt: null },
    tomorrow: { date: localDate("2026-11-22"), color: null, announcedAt: null },
    now: { period: null, offPeak: false, nextDayAt: at("2026-11-22T05:00:00Z"), redSeason: true },
    season: "2026-2027",
    remaining: null,
    unknownPastDays: 82,
    changedAt: null,
  },
  ecowatt: { available: false, current: null, nextHour: null, forecast: [], alert: null, changedAt: null },
  bridge: { version: "0.1.0", lastSyncAt: null, nextCallAt: null, budget: null, problems: [] },
  ...changes,
});
