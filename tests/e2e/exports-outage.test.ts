import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, connect as dial, type Server, type Socket } from "node:net";
import { PassThrough } from "node:stream";
import { type TestContext, test } from "node:test";
import { z } from "zod";
import { createStatesDestination } from "../../src/adapters/home-assistant-states/states.ts";
import { createJeedomExporter } from "../../src/adapters/jeedom/exporter.ts";
import { createExportMemory } from "../../src/adapters/postgres/exports.ts";
import { waitUntil } from "../../src/adapters/postgres/launcher/processes.ts";
import { createVictoriaMetrics } from "../../src/adapters/victoria-metrics/victoria-metrics.ts";
import { addDays, dateAt, localDate } from "../../src/domain/calendar.ts";
import { endOf } from "../../src/domain/slot.ts";
import { type Instant, instant, type LocalDate } from "../../src/domain/units.ts";
import type { Clock } from "../../src/shared/clock.ts";
import { createLog, type Logger } from "../../src/shared/log.ts";
import { createHomeAssistant } from "../../src/simulator/home-assistant/double.ts";
import { createJeedomBox } from "../../src/simulator/jeedom/double.ts";
import { defaultSettings } from "../../src/simulator/jeedom/settings.ts";
import { type Destination, type DestinationName, destinationNames } from "../../src/sync/exports/destination.ts";
import type { Exporter } from "../../src/sync/exports/exporter.ts";
import { ExportFeeder } from "../../src/sync/exports/feeder.ts";
import { exportFate } from "../../src/sync/exports/outcome.ts";
import { createExportReader } from "../../src/sync/exports/reader.ts";
import { seriesDestination } from "../../src/sync/exports/series-destination.ts";
import { destinationTitles } from "../../src/sync/exports/words.ts";
import { runPass } from "../../src/sync/pass.ts";
import { nextWake } from "../../src/sync/service.ts";
import { startLargerWins } from "../adapters/victoria-metrics/larger-wins.ts";
import { type HomeRun, housePoint } from "../support/home-run.ts";
import { at, flat, startHome } from "../support/scenario.ts";

const signal = new AbortController().signal;
const kinds = ["consumption_daily", "consumption_detail"] as const;
const token = "token-of-an-administrator";
/** Longer than a test lasts: a hanging peer hangs until it is let go. */
const timeoutMs = 120_000;

/** What stands between the program and a destination: it lets through, refuses to connect, or takes and never answers. */
class Door {
  readonly url: string;
  readonly #server: Server;
  readonly #port: number;
  readonly #sockets = new Set<Socket>();
  #isHanging = false;
  /** Connections on which something was asked since it hangs. */
  held = 0;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.#port = port;
    this.url = `http://127.0.0.1:${port}`;
  }

  static async before(t: TestContext, behindUrl: string): Promise<Door> {
    const behind = Number(new URL(behindUrl).port);
    const server = createServer((socket) => door.#welcome(socket, behind));
    await once(server.listen(0, "127.0.0.1"), "listening");
    const address = server.address();
    const door = new Door(server, typeof address === "object" && address ? address.port : 0);
    t.after(() => door.refuse());
    return door;
  }

  #welcome(socket: Socket, behind: number): void {
    this.#keep(socket);
    if (this.#isHanging) {
      socket.once("data", () => this.held++);
      return;
    }
    const inner = dial(behind, "127.0.0.1");
    this.#keep(inner);
    socket.pipe(inner).pipe(socket);
    socket.once("close", () => inner.destroy());
    inner.once("close", () => socket.destroy());
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.once("close", () => this.#sockets.delete(socket));
  }

  #drop(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async refuse(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#drop();
    await closed;
  }

  async hang(): Promise<void> {
    this.#isHanging = true;
    this.#drop();
  }

  async open(): Promise<void> {
    this.#isHanging = false;
    this.#drop();
    if (!this.#server.listening) await once(this.#server.listen(this.#port, "127.0.0.1"), "listening");
  }
}

/** Energy of the days that a destination holds, Wh. */
type HeldDays = ReadonlyMap<LocalDate, number>;

interface Peer {
  readonly door: Door;
  readonly feeder: ExportFeeder;
  /** What its component said from `info` on. */
  readonly lines: readonly string[];
  heldDays(): Promise<HeldDays>;
  /** Wh by the start of the half-hour; null where only current values are held. */
  heldHalfHours(): Promise<ReadonlyMap<Instant, number> | null>;
}

/** A home with all three destinations, fed as the service feeds them: no pass waits for any of them. */
class Fed {
  readonly home: HomeRun;
  readonly peers: Readonly<Record<DestinationName, Peer>>;

  private constructor(home: HomeRun, peers: Fed["peers"]) {
    this.home = home;
    this.peers = peers;
  }

  static async start(t: TestContext): Promise<Fed> {
    const home = await startHome(t, { points: [flat({ activationDate: "2026-11-19" })] });
    const peers = {
      victoriametrics: await victoriaMetricsOf(t, home),
      jeedom: await jeedomOf(t, home),
      homeassistant_states: await statesOf(t, home),
    };
    return new Fed(home, peers);
  }

  /** A pass, then what the destinations that answer do with it. The one that is down, if any, is not waited for. */
  async #pass(down: DestinationName | null): Promise<number> {
    const { home, peers } = this;
    const feeders = Object.values(peers).map(({ feeder }) => feeder);
    const deps = { ...home.deps, sinks: [...home.deps.sinks, ...feeders], waitForSinks: false };
    const { nextAt } = await runPass({ ...deps, destinations: destinationNames }, signal);
    for (const name of destinationNames) if (name !== down) await peers[name].feeder.settle();
    return nextAt ?? nextWake(home.clock.now(), null);
  }

  /** Passes when calls are due, and one at `end`. */
  async until(end: Instant, down: DestinationName | null): Promise<void> {
    const { clock } = this.home;
    for (;;) {
      const wake = await this.#pass(down);
      if (wake >= end) break;
      clock.set(instant(Math.max(wake, clock.now())));
    }
    clock.set(end);
    await this.#pass(down);
  }

  async storedDays(): Promise<HeldDays> {
    const period = { from: localDate("2026-11-19"), to: dateAt(this.home.clock.now()) };
    const days = await this.home.store.loadDays(housePoint, "consumption", period);
    return new Map(days.map(({ date, energyWh }) => [date, energyWh]));
  }

  /** Every day, or the latest alone where only current values are held; and every half-hour. */
  async assertEqualToStore(name: DestinationName): Promise<void> {
    const peer = this.peers[name];
    const stored = await this.storedDays();
    const halfHours = await peer.heldHalfHours();
    const expected = halfHours === null ? [...stored].slice(-1) : [...stored];
    assert.deepEqual([...(await peer.heldDays())], expected, name);
    if (halfHours === null) return;
    const [from, to] = [expected[0]?.[0] ?? assert.fail(), expected.at(-1)?.[0] ?? assert.fail()];
    const inputs = await this.home.store.loadDayInputs(housePoint, "consumption", { from, to });
    const slots = inputs.flatMap((day) => day.slots);
    assert.equal(slots.length, expected.length * 48);
    for (const slot of slots) {
      assert.equal(endOf(slot) - slot.start, 1_800_000);
      const held = halfHours.get(slot.start) ?? Number.NaN;
      // W over half an hour, to the milliwatt-hour that the box keeps.
      assert.ok(Math.abs(held - slot.powerW / 2) < 1e-3, `${name} ${new Date(slot.start).toISOString()}: ${held} Wh`);
    }
    assert.equal(halfHours.size, slots.length);
  }
}

/** A feeder that only passes drive: its own timers never come. */
function feederOf(t: TestContext, home: HomeRun, destination: Destination, log: Logger): ExportFeeder {
  const feeder = new ExportFeeder({
    destination,
    memory: createExportMemory(home.database.sql),
    store: home.store,
    clock: { now: () => home.clock.now(), sleep: () => new Promise(() => undefined) },
    log,
    language: "fr",
    intervalMs: 3_600_000,
    holder: home.deps.holder,
  });
  t.after(() => feeder.close());
  return feeder;
}

const fedWith = (
  t: TestContext,
  home: HomeRun,
  { name, exporter, address }: { name: DestinationName; exporter: Exporter; address: string },
  log: Logger,
): ExportFeeder => {
  const { store, deps, clock, database } = home;
  const destination = seriesDestination({
    ...{ name, title: destinationTitles[name], address, exporter, kinds, clock, log },
    reader: createExportReader({ store, account: deps.account, plans: [], only: [], clock }),
    memory: createExportMemory(database.sql),
  });
  return feederOf(t, home, destination, log);
};

function heardLog(): { readonly log: Logger; readonly lines: readonly string[] } {
  const lines: string[] = [];
  const stream = new PassThrough().on("data", (chunk) => void lines.push(String(chunk).trim()));
  return { log: createLog({ level: "info", format: "text" }, stream), lines };
}

/** Its pauses, which wait for the server to show something, move nobody else's time. */
function ownPauses({ clock }: HomeRun): Clock {
  let pausedMs = 0;
  return {
    now: () => instant(clock.now() + pausedMs),
    async sleep(ms, either) {
      either?.throwIfAborted();
      pausedMs += ms;
    },
  };
}

async function victoriaMetricsOf(t: TestContext, home: HomeRun): Promise<Peer> {
  const server = await startLargerWins({ deleteAuthKey: "key" });
  t.after(() => server.stop());
  const door = await Door.before(t, server.url);
  const { log, lines } = heardLog();
  const exporter = createVictoriaMetrics({
    writeUrl: door.url,
    ...{ metricNames: "documented", tempoColors: "english", corrections: "replace", deleteAuthKey: "key" },
    ...{ timeoutMs, clock: ownPauses(home), log },
  });
  const read = async (type: string): Promise<ReadonlyMap<Instant, number>> => {
    const form = { "match[]": `{__name__="myelectricaldata_consumption_wh",type="${type}"}`, start: "1", end: "9e9" };
    const answer = await fetch(`${server.url}/api/v1/export`, { method: "POST", body: new URLSearchParams(form) });
    const { values, timestamps } = JSON.parse(await answer.text());
    return new Map(timestamps.map((ms: number, position: number) => [instant(ms), Number(values[position])]));
  };
  return {
    ...{ door, lines, feeder: fedWith(t, home, { name: "victoriametrics", exporter, address: door.url }, log) },
    heldDays: async () => new Map([...(await read("daily"))].map(([start, value]) => [dateAt(start), value])),
    heldHalfHours: () => read("30min"),
  };
}

async function jeedomOf(t: TestContext, home: HomeRun): Promise<Peer> {
  const box = createJeedomBox({ clock: home.clock, timeZone: "Europe/Paris" });
  const listening = await box.listen({ port: 0 });
  t.after(listening.close);
  const door = await Door.before(t, listening.url);
  const { log, lines } = heardLog();
  const exporter = createJeedomExporter({
    ...{ url: door.url, apiKey: defaultSettings.virtual.key, timeZone: null, unit: "kWh" },
    ...{ timeoutMs, clock: home.clock, log },
  });
  const rows = (logicalId: string) => {
    const commands = box.equipment.flatMap(({ id }) => box.commandsOf(id));
    const command = commands.find((one) => one.logicalId === logicalId);
    return box.history(command?.id ?? 0);
  };
  // No clock change lies in the weeks of these tests: Paris is one hour ahead.
  const instantOf = (datetime: string): number => Date.parse(`${datetime.replace(" ", "T")}+01:00`);
  const whOf = (kwh: string): number => Math.round(Number(kwh) * 1e6) / 1e3;
  return {
    ...{ door, lines, feeder: fedWith(t, home, { name: "jeedom", exporter, address: door.url }, log) },
    heldDays: async () =>
      new Map(rows("consumption_day").map(({ datetime, value }) => [localDate(datetime.slice(0, 10)), whOf(value)])),
    heldHalfHours: async () =>
      new Map(
        // Stamped at their end.
        rows("consumption_half_hour").map((row) => [instant(instantOf(row.datetime) - 1_800_000), whOf(row.value)]),
      ),
  };
}

const dated = z.looseObject({ date: z.string() });

async function statesOf(t: TestContext, home: HomeRun): Promise<Peer> {
  const double = createHomeAssistant({ clock: home.clock, tokens: [{ token, isAdmin: true }] });
  const listening = await double.listen({ port: 0 });
  t.after(listening.close);
  const door = await Door.before(t, listening.url);
  const { log, lines } = heardLog();
  const settings = { baseUrl: `${door.url}/api`, token, viaSupervisor: false, language: "fr", timeoutMs, log } as const;
  return {
    ...{ door, lines, feeder: feederOf(t, home, createStatesDestination(settings), log) },
    heldDays: async () => {
      const daily = double.states.find((one) => one.entity_id === `sensor.med_${housePoint}_consumption_daily`);
      if (daily === undefined) return new Map();
      const { date } = dated.parse(daily.attributes);
      return new Map([[localDate(date), Math.round(Number(daily.state) * 1000)]]);
    },
    heldHalfHours: async () => null,
  };
}

const firstEvening = at("2026-11-21T21:00:00Z");
const dayMs = 86_400_000;

const outages: readonly { readonly name: DestinationName; readonly how: "refuse" | "hang"; readonly what: string }[] = [
  { name: "victoriametrics", how: "refuse", what: "VictoriaMetrics refuses connections" },
  { name: "jeedom", how: "refuse", what: "Jeedom refuses connections" },
  { name: "homeassistant_states", how: "refuse", what: "Home Assistant refuses connections" },
  // Of the three the one whose requests do not wait for each other: a second run would be seen.
  { name: "homeassistant_states", how: "hang", what: "Home Assistant takes connections and never answers" },
];

for (const { name: down, how, what } of outages) {
  test(`${what} for a week: the others have each day on its day, and afterwards all is caught up`, async (t) => {
    const fed = await Fed.start(t);
    const { home, peers } = fed;
    await fed.until(firstEvening, null);
    for (const name of destinationNames) await fed.assertEqualToStore(name);
    const before = await peers[down].heldDays();
    const saidBefore = peers[down].lines.length;

    await peers[down].door[how]();
    for (let day = 1; day <= 7; day++) {
      const evening = instant(firstEvening + day * dayMs);
      await fed.until(evening, down);
      const yesterday = addDays(dateAt(evening), -1);
      const stored = (await fed.storedDays()).get(yesterday);
      assert.ok(stored !== undefined, `${yesterday} is in the store`);
      for (const name of destinationNames)
        assert.equal((await peers[name].heldDays()).get(yesterday), name === down ? undefined : stored, name);
      assert.deepEqual([...(await peers[down].heldDays())], [...before]);
      // One run hangs on its first question all week long, and no other is begun beside it.
      if (how === "hang")
        assert.ok(await waitUntil(() => peers[down].door.held === 1, { withinMs: 5_000 }), `${peers[down].door.held}`);
    }
    const said = peers[down].lines.slice(saidBefore);
    assert.equal(said.length, how === "hang" ? 0 : 1, said.join("\n"));

    await peers[down].door.open();
    await fed.until(instant(home.clock.now() + dayMs), null);
    for (const name of destinationNames) {
      await fed.assertEqualToStore(name);
      assert.equal(exportFate(await home.store.loadTasks(), name)?.trouble, null, name);
    }
    for (const name of destinationNames) {
      assert.equal((await peers[name].feeder.runNow())?.records, 0, name);
      await fed.assertEqualToStore(name);
    }
  });
}
