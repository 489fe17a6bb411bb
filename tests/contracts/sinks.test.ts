import { createStatesDestination } from "../../src/adapters/home-assistant-states/states.ts";
import { createJeedomExporter } from "../../src/adapters/jeedom/exporter.ts";
import { createExportMemory } from "../../src/adapters/postgres/exports.ts";
import { createVictoriaMetrics } from "../../src/adapters/victoria-metrics/victoria-metrics.ts";
import { boundsOf, dateAt, localDate } from "../../src/domain/calendar.ts";
import { silentLog } from "../../src/shared/log.ts";
import { createJeedomBox } from "../../src/simulator/jeedom/double.ts";
import { defaultSettings } from "../../src/simulator/jeedom/settings.ts";
import type { Destination, DestinationName } from "../../src/sync/exports/destination.ts";
import type { Exporter } from "../../src/sync/exports/exporter.ts";
import { ExportFeeder } from "../../src/sync/exports/feeder.ts";
import { exportProblems } from "../../src/sync/exports/outcome.ts";
import { createExportReader } from "../../src/sync/exports/reader.ts";
import { exportKinds } from "../../src/sync/exports/series.ts";
import { seriesDestination } from "../../src/sync/exports/series-destination.ts";
import { destinationTitles } from "../../src/sync/exports/words.ts";
import { StatisticsFeeder } from "../../src/sync/statistics/feeder.ts";
import { statisticsProblems } from "../../src/sync/statistics/trouble.ts";
import { retainedOn, sinkOn, until } from "../adapters/mqtt/world.ts";
import { startAedes } from "../support/broker.ts";
import { adminToken, meter, type StatisticsWorld } from "../support/statistics-world.ts";
import {
  type FaultyProxy,
  flushingClock,
  skipWithoutVictoriaMetrics,
  startProxy,
  startVictoriaMetrics,
} from "../support/victoria-metrics.ts";
import { type FedSink, sinkContract } from "./sink.ts";

const whKept = (kwh: number): number => Math.round(kwh * 1000);

/** A secondary destination that is due with every pass, and of which a proxy says that it is away. */
function fedDestination(world: StatisticsWorld, destination: Destination, proxy: FaultyProxy): Omit<FedSink, "held"> {
  const { store, clock, database } = world;
  let sent = 0;
  const count = ({ method, path, body }: { method: string; path: string; body: Buffer }): undefined => {
    if (method === "POST" && isWrite(path, body)) sent++;
    return undefined;
  };
  proxy.onRequest = count;
  const sink = new ExportFeeder({
    destination,
    memory: createExportMemory(database.sql),
    store,
    clock: { now: () => clock.now(), sleep: () => new Promise(() => undefined) },
    log: silentLog(),
    language: "fr",
    intervalMs: 0,
    holder: "contract",
  });
  return {
    sink,
    sent: () => sent,
    down: async () => {
      proxy.onRequest = () => ({ instead: { status: 502, text: "Bad Gateway" } });
    },
    up: async () => {
      proxy.onRequest = count;
    },
    retry: async () => undefined,
    told: async () => exportProblems(await store.loadTasks(), [destination.name], "fr")[0]?.sentence ?? null,
  };
}

const isWrite = (path: string, body: Buffer): boolean =>
  path.includes("/import") || path.includes("/api/states/") || body.includes("cmd::event");

function datedDestination(world: StatisticsWorld, name: DestinationName, exporter: Exporter): Destination {
  const { store, database, deps, clock } = world;
  const { account, plans } = deps;
  return seriesDestination({
    name,
    title: destinationTitles[name],
    address: "",
    exporter,
    reader: createExportReader({ store, account, plans, only: [], clock }),
    memory: createExportMemory(database.sql),
    kinds: exportKinds,
    clock,
    log: silentLog(),
  });
}

sinkContract(
  "VictoriaMetrics",
  async (t, world) => {
    const server = await startVictoriaMetrics();
    t.after(() => server.stop());
    const proxy = await startProxy(server.url);
    t.after(() => proxy.stop());
    const exporter = createVictoriaMetrics({
      writeUrl: proxy.url,
      metricNames: "documented",
      tempoColors: "english",
      corrections: "replace",
      clock: flushingClock(server, world.clock.now(), proxy),
      log: silentLog(),
    });
    // A correction a day is enough for the real one; here each has to show.
    const impatient = Object.assign(exporter, { correctionEveryMs: 0 });
    return {
      ...fedDestination(world, datedDestination(world, "victoriametrics", impatient), proxy),
      async held(date) {
        const [series] = await server.read(`myelectricaldata_consumption_wh{pdl="${meter}",type="daily"}`);
        const position = series?.timestamps.indexOf(boundsOf(localDate(date)).start) ?? -1;
        return series?.values[position] ?? null;
      },
    };
  },
  { skip: skipWithoutVictoriaMetrics() },
);

sinkContract("Jeedom", async (t, world) => {
  const { clock } = world;
  const box = createJeedomBox({ clock, timeZone: "Europe/Paris" });
  const { url, close } = await box.listen({ port: 0 });
  t.after(close);
  const proxy = await startProxy(url);
  t.after(() => proxy.stop());
  const apiKey = defaultSettings.virtual.key;
  const exporter = createJeedomExporter({
    url: proxy.url,
    apiKey,
    timeZone: null,
    unit: "kWh",
    clock,
    log: silentLog(),
  });
  return {
    ...fedDestination(world, datedDestination(world, "jeedom", exporter), proxy),
    async held(date) {
      const commands = box.equipment.flatMap(({ id }) => box.commandsOf(id));
      const daily = commands.find(({ logicalId }) => logicalId === "consumption_day");
      const row = daily && box.history(daily.id).find(({ datetime }) => datetime === `${date} 00:00:00`);
      return row ? whKept(Number(row.value)) : null;
    },
  };
});

sinkContract("Home Assistant's states over REST", async (t, world) => {
  const proxy = await startProxy(new URL(world.homeAssistant.url.replace(/^ws/, "http")).origin);
  t.after(() => proxy.stop());
  const destination = createStatesDestination({
    baseUrl: `${proxy.url}/api`,
    token: adminToken,
    viaSupervisor: false,
    language: "fr",
    log: silentLog(),
  });
  return {
    ...fedDestination(world, destination, proxy),
    async held(date) {
      const id = `sensor.med_${meter}_consumption_daily`;
      const state = world.double.states.find(({ entity_id }) => entity_id === id);
      const text = JSON.stringify(state?.attributes ?? {});
      return state && text.includes(date) ? whKept(Number(state.state)) : null;
    },
  };
});

sinkContract("Home Assistant's statistics", async (t, world) => {
  const sink = new StatisticsFeeder({
    ...world.deps,
    clock: { now: () => world.clock.now(), sleep: () => new Promise(() => undefined) },
  });
  t.after(() => sink.close());
  return {
    sink,
    sent: () => [...world.sent.values()].reduce((sum, { rows }) => sum + rows, 0),
    down: async () => world.double.down(),
    up: async () => world.double.up(),
    retry: () => sink.runNow(),
    told: async () => statisticsProblems(await world.store.loadTasks(), "fr")[0]?.sentence ?? null,
    async held(date) {
      const rows = world.double
        .rows(`linky_bridge:consumption_${meter}_base`)
        .filter(({ start }) => dateAt(start) === date);
      return rows.length === 0 ? null : whKept(rows.reduce((sum, { state }) => sum + (state ?? 0), 0));
    },
  };
});

sinkContract("MQTT", async (t) => {
  let broker = await startAedes();
  t.after(() => broker.stop());
  const { url, port } = broker;
  const { sink } = sinkOn(url);
  t.after(() => sink.close());
  sink.start();
  await sink.firstAttempt();
  let before = 0;
  return {
    sink,
    sent: () => before + broker.seen.length,
    async down() {
      before += broker.seen.length;
      await broker.stop();
      await until(() => !sink.status().connected, "the loss of the broker");
    },
    async up() {
      broker = await startAedes({ port });
      await until(() => sink.status().connected, "the return of the broker");
    },
    retry: async () => undefined,
    told: async () => sink.status().problem?.fr ?? null,
    async held(date) {
      const text = (await retainedOn(url)).get(`myelectricaldata/${meter}/consumption/daily`);
      const daily: { value?: number; unit?: string; date?: string } = JSON.parse(text ?? "{}");
      if (daily.date !== date || daily.value === undefined) return null;
      return daily.unit === "kWh" ? whKept(daily.value) : daily.value;
    },
  };
});
