import type { TestContext } from "node:test";
import { statesOf } from "../../src/adapters/home-assistant-states/snapshot-states.ts";
import { MetricsRecorder } from "../../src/adapters/prometheus/recorder.ts";
import { samplesOf, wiresOf } from "../../src/adapters/victoria-metrics/wire.ts";
import { addDays, boundsOf } from "../../src/domain/calendar.ts";
import { hourStart } from "../../src/domain/ecowatt.ts";
import { tempoColors, tempoDateAt, tempoSeasonOf } from "../../src/domain/tempo.ts";
import type { LocalDate } from "../../src/domain/units.ts";
import { silentLog } from "../../src/shared/log.ts";
import { bill } from "../../src/sync/bill/bill.ts";
import { billView } from "../../src/sync/bill/view.ts";
import { createExportReader } from "../../src/sync/exports/reader.ts";
import { exportKinds } from "../../src/sync/exports/series.ts";
import { seriesDestination } from "../../src/sync/exports/series-destination.ts";
import { loadOverview } from "../../src/sync/view/overview.ts";
import { loadTempoSeason } from "../../src/sync/view/tempo.ts";
import { startExport } from "../adapters/jeedom/exporter-world.ts";
import { facts, samplesIn } from "../adapters/prometheus/world.ts";
import { MemoryOfExports } from "./export-memory.ts";
import { type HomeRun, housePoint } from "./home-run.ts";
import { statusOf } from "./scenario.ts";

/** Colours as BLEU, BLANC, ROUGE, energy in Wh, amounts in EUR; null is "not known". */
export type Figure = string | number | null;

/** What one outlet tells at an instant, by the figure's name; a figure that it never tells is absent. */
export type Told = Readonly<Record<string, Figure>>;

const wh = (kwh: number | string | null): number | null => (kwh === null ? null : Math.round(Number(kwh) * 1000));
const colors = ["blue", "white", "red"] as const;
const kinds = exportKinds.filter((kind) => kind !== "consumption_detail" && kind !== "production_detail");

export function toldOverMqtt(home: HomeRun): Told {
  const states = home.messages();
  const payload = (topic: string) => JSON.parse(states.get(`myelectricaldata/${topic}`) ?? "null");
  const meter = (topic: string) => payload(`${housePoint}/${topic}`);
  const color = (topic: string): string | null => (payload(topic).color === "INCONNU" ? null : payload(topic).color);
  return {
    day: meter("consumption/daily").date,
    dayWh: wh(meter("consumption/daily").value),
    month: meter("consumption/monthly").month,
    monthWh: wh(meter("consumption/monthly").value),
    year: meter("consumption/yearly").year,
    yearWh: wh(meter("consumption/yearly").value),
    dayEur: meter("cost/daily").value,
    monthEur: meter("cost/monthly").value,
    yearEur: meter("cost/yearly").value,
    maxPowerVa: meter("max_power").value,
    period: meter("tariff/current").period,
    eurPerKwh: meter("tariff/current").value,
    colorToday: color("tempo/today"),
    colorNow: color("tempo/now"),
    colorTomorrow: color("tempo/tomorrow"),
    ...Object.fromEntries(colors.map((one) => [`${one}Left`, payload("tempo/remaining")[one]])),
    ecowatt: payload("ecowatt/current").level,
  };
}

export async function toldByApi(home: HomeRun): Promise<Told> {
  const { store, clock, deps } = home;
  const { account, plans, version } = deps;
  const { usagePoints, tempo, ecowatt } = await loadOverview({
    ...{ store, clock, account, plans, version, exports: [], planning: deps },
  });
  const point = usagePoints.find(({ id }) => id === housePoint);
  const flow = point?.flows.find((one) => one.flow === "consumption");
  return {
    day: flow?.latest?.date ?? null,
    dayWh: flow?.latest?.energyWh ?? null,
    month: flow?.month?.period ?? null,
    monthWh: flow?.month?.energyWh ?? null,
    year: flow?.year?.period ?? null,
    yearWh: flow?.year?.energyWh ?? null,
    dayEur: point?.costs.latest?.eur ?? null,
    monthEur: point?.costs.month?.eur ?? null,
    yearEur: point?.costs.year?.eur ?? null,
    maxPowerVa: point?.maxPower?.powerVa ?? null,
    period: point?.tariff?.period ?? null,
    eurPerKwh: point?.tariff?.eurPerKwh ?? null,
    colorToday: tempo.today.color,
    colorTomorrow: tempo.tomorrow.color,
    ...leftOf((color) => tempo.remaining?.notAnnounced[tempoColors[color] ?? "BLEU"] ?? null),
    ecowatt: ecowatt.current?.level ?? null,
  };
}

export function toldByStates(home: HomeRun): Told {
  const states = new Map(
    statesOf(home.snapshot, { language: "fr", kinds }).map(({ entityId, state }) => [entityId, state]),
  );
  const text = (id: string): string | null => {
    const state = states.get(`sensor.med_${id}`);
    return state === undefined || state === "unknown" ? null : state;
  };
  const number = (id: string): number | null => (text(id) === null ? null : Number(text(id)));
  return {
    dayWh: wh(text(`${housePoint}_consumption_daily`)),
    monthWh: wh(text(`${housePoint}_consumption_monthly`)),
    yearWh: wh(text(`${housePoint}_consumption_yearly`)),
    dayEur: number(`${housePoint}_cost_daily`),
    monthEur: number(`${housePoint}_cost_monthly`),
    yearEur: number(`${housePoint}_cost_yearly`),
    maxPowerVa: number(`${housePoint}_max_power`),
    period: text(`${housePoint}_current_period`),
    eurPerKwh: number(`${housePoint}_current_price`),
    colorToday: text("tempo_today"),
    colorTomorrow: text("tempo_tomorrow"),
    ...leftOf((color) => number(`tempo_remaining_${colors[color]}`)),
    ecowatt: number("ecowatt_current"),
  };
}

export async function toldToPrometheus({ clock, snapshot }: HomeRun): Promise<Told> {
  const recorder = new MetricsRecorder({
    source: { facts: async () => facts, isMqttConnected: () => true, destinations: [] },
    clock,
    version: "0.0.0",
    pdlMode: "full",
  });
  await recorder.publish(snapshot);
  const samples = samplesIn(await recorder.write());
  const value = (name: string, labels: string): number | null =>
    samples.get(`myelectricaldata_${name}{${labels}}`) ?? null;
  const ofMeter = (name: string, type: string) => value(name, `pdl="${housePoint}",type="${type}"`);
  const color = colors.findIndex((one) => value("tempo_color", `color="${one}"`) === 1);
  return {
    dayWh: ofMeter("consumption_wh", "daily"),
    monthWh: ofMeter("consumption_wh", "monthly"),
    dayEur: ofMeter("cost_eur", "daily"),
    monthEur: ofMeter("cost_eur", "monthly"),
    maxPowerVa: value("max_power_va", `pdl="${housePoint}"`),
    colorToday: tempoColors[color] ?? null,
    ...leftOf((one) => value("tempo_remaining", `color="${colors[one]}"`)),
    ecowatt: value("ecowatt_level", 'region="france"'),
  };
}

/** What a server holds once all of it was brought, each Tempo day under the midnight of its date. */
export async function toldToVictoriaMetrics(home: HomeRun): Promise<Told> {
  const held = await heldByVictoriaMetrics(home);
  const now = home.clock.now();
  const series = (name: string, labels: string) => held.get(`myelectricaldata_${name} ${labels}`) ?? new Map();
  const newest = (name: string, labels: string): number | null =>
    [...series(name, labels)].filter(([at]) => at <= now).at(-1)?.[1] ?? null;
  const on = (date: LocalDate, name: string, labels: string): number | null =>
    series(name, labels).get(boundsOf(date).start) ?? null;
  const colorOn = (date: LocalDate): string | null =>
    tempoColors.find((_, one) => on(date, "tempo_color", `color=${colors[one]}`) === 1) ?? null;
  const today = tempoDateAt(now);
  const eve = addDays(today, -1);
  const isSameSeason = tempoSeasonOf(eve).name === tempoSeasonOf(today).name;
  const left = (date: LocalDate, color: number) => on(date, "tempo_remaining", `color=${colors[color]}`);
  const ofMeter = (name: string, type: string) => newest(name, `pdl=${housePoint},type=${type}`);
  return {
    dayWh: ofMeter("consumption_wh", "daily"),
    monthWh: ofMeter("consumption_wh", "monthly"),
    dayEur: ofMeter("cost_eur", "daily"),
    maxPowerVa: newest("max_power_va", `pdl=${housePoint}`),
    colorToday: colorOn(today),
    colorTomorrow: colorOn(addDays(today, 1)),
    // A day has its count once tomorrow's colour is announced; until then that of its eve holds.
    ...leftOf((color) => left(today, color) ?? (isSameSeason ? left(eve, color) : null)),
    ecowatt: series("ecowatt_level", "region=france").get(hourStart(now)) ?? null,
  };
}

/** Every sample by name and labels, ascending. */
async function heldByVictoriaMetrics({ store, clock, deps }: HomeRun) {
  const { account, plans } = deps;
  const reader = createExportReader({ store, account, plans, only: [], clock });
  const held = new Map<string, Map<number, number>>();
  for (const series of await reader.list(kinds)) {
    const days = [];
    for (const month of (await reader.marks(series)).keys()) days.push(...(await reader.days(series, month)));
    for (const wire of wiresOf(series, { metricNames: "documented", tempoColors: "english", labels: {} })) {
      const { __name__: name, ...labels } = wire.metric;
      const { timestamps, values } = samplesOf(wire, days);
      const text = Object.entries(labels).map(([label, value]) => `${label}=${value}`);
      held.set(
        `${name} ${text.sort().join()}`,
        new Map(timestamps.map((at, position) => [at, values[position] ?? Number.NaN])),
      );
    }
  }
  return held;
}

/** A box that is fed at every look; it is brought the last days alone, because each point is a call. */
export async function startJeedom(t: TestContext, home: HomeRun): Promise<() => Promise<Told>> {
  const { store, clock, deps } = home;
  const { account, plans } = deps;
  const world = await startExport(t, { box: { clock }, settings: { clock } });
  const destination = seriesDestination({
    ...{ name: "jeedom", title: { fr: "Jeedom", en: "Jeedom" }, address: "", kinds },
    exporter: { ...world.exporter, oldest: (_series, today) => addDays(today, -3) },
    reader: createExportReader({ store, account, plans, only: [], clock }),
    ...{ memory: new MemoryOfExports(), clock, log: silentLog() },
  });
  const request = { snapshot: null, isForced: false, isCheck: true, onBrought: () => undefined };
  const signal = new AbortController().signal;
  const number = (id: string): number | null => {
    const value = world.current(`${id}_last`);
    return value === null ? null : Number(value);
  };
  const color = (id: string): Figure => {
    const value = world.current(`${id}_last`);
    return value === "INCONNU" ? null : value;
  };
  return async () => {
    await destination.run(request, signal);
    return {
      dayWh: wh(number("consumption_day")),
      monthWh: wh(number("consumption_month")),
      dayEur: number("cost_day"),
      maxPowerVa: number("max_power_day"),
      colorToday: color("tempo_today"),
      colorTomorrow: color("tempo_tomorrow"),
      ...leftOf((one) => number(`tempo_remaining_${colors[one]}`)),
      ecowatt: number("ecowatt"),
    };
  };
}

/** The bill of the month that MQTT tells, and what the Tempo page counts. */
export async function toldByBillAndSeason(home: HomeRun, month: string): Promise<Told> {
  const { store, clock, deps } = home;
  const { account, plans } = deps;
  const made = billView(await bill({ store, clock, account, plans }, { month, meter: null }));
  const { remaining } = await loadTempoSeason({ store, clock }, undefined);
  return {
    monthWh: made.energyWh,
    monthEur: made.energyEur,
    ...leftOf((color) => remaining?.notAnnounced[tempoColors[color] ?? "BLEU"] ?? null),
  };
}

/** What `status` says, in words. */
export async function toldByStatus(home: HomeRun): Promise<Told> {
  const text = (await statusOf(home)).fr.replaceAll(/[\u00A0\u202F]/g, " ");
  const [, today, tomorrow] = /Tempo : aujourd'hui ([^,]+), demain ([^;\n]+?)(?: ;|$)/m.exec(text) ?? [];
  const left = /à venir cette saison : (\d+) bleus?, (\d+) blancs?, (\d+) rouges?/.exec(text);
  const level = ["vert", "orange", "rouge"].indexOf(/EcoWatt : (\S+)/.exec(text)?.[1] ?? "");
  const named = (word: string | undefined): string | null =>
    tempoColors.find((color) => color === word?.toUpperCase()) ?? null;
  return {
    colorToday: named(today),
    colorTomorrow: named(tomorrow),
    ...leftOf((color) => (left ? Number(left[color + 1]) : null)),
    ecowatt: level < 0 ? null : level + 1,
  };
}

const leftOf = (count: (color: number) => number | null): Told =>
  Object.fromEntries(colors.map((color, position) => [`${color}Left`, count(position)]));
