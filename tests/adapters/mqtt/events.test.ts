import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { changesSince, watchedIn } from "../../../src/adapters/mqtt/events.ts";
import { localDate } from "../../../src/domain/calendar.ts";
import { energyPrice } from "../../../src/domain/tariff/price.ts";
import { type ToldFacts, toldIn } from "../../../src/sync/changes/told.ts";
import type { Snapshot } from "../../../src/sync/snapshot.ts";
import type { TaskMemory } from "../../../src/sync/store.ts";
import { startAedes } from "../../support/broker.ts";
import { FakeHomeAssistant } from "../../support/fake-home-assistant/mqtt.ts";
import { schemaPath } from "../../support/fake-home-assistant/rules.ts";
import { skipWithout } from "../../support/shared-files.ts";
import {
  at,
  knownEcowatt,
  knownMeter,
  knownSnapshot,
  knownTariff,
  knownTempo,
  unknownSnapshot,
} from "../../support/snapshots.ts";
import { settings } from "./settings.ts";
import { listener, pause, retainedOn, sinkOn, until } from "./world.ts";

const closers: (() => Promise<unknown>)[] = [];
after(async () => {
  for (const close of closers.reverse()) await close();
});

/** What a store keeps, without a database. */
function memoryOfTasks() {
  const tasks = new Map<string, TaskMemory>();
  const told = toldIn({
    loadTasks: async () => new Map(tasks),
    saveTask: async (task) => void tasks.set(task.key, task),
    async changeTask(task, from, act) {
      if (tasks.get(task.key)?.detail !== from) return false;
      await act();
      tasks.set(task.key, task);
      return true;
    },
  });
  return { tasks, told };
}

const pdl = "01234567890123";
const redTomorrow = knownSnapshot({
  tempo: {
    ...knownTempo,
    tomorrow: { date: localDate("2026-11-22"), color: "ROUGE", announcedAt: at("2026-11-21T09:40:00Z") },
  },
});
const alertOf = (level: 1 | 2 | 3): Snapshot => {
  const ecowatt = knownEcowatt();
  assert.ok(ecowatt.current);
  return knownSnapshot({ ecowatt: { ...ecowatt, current: { ...ecowatt.current, level }, alert: level > 1 } });
};

/** Tells the snapshots one after the other and returns each event as its topic and type. */
async function toldOf(told: ToldFacts, snapshots: readonly Snapshot[]): Promise<string[]> {
  const found: string[] = [];
  for (const snapshot of snapshots) {
    const former = await told.load();
    for (const { key, value, message } of changesSince(former, watchedIn(snapshot, settings())))
      await told.tell({ key, value, former: former.get(key), at: at("2026-11-21T10:00:00Z") }, async () => {
        if (message)
          found.push(`${message.topic.replace("myelectricaldata/", "")} ${JSON.parse(message.payload).event_type}`);
      });
  }
  return found;
}

describe("events", () => {
  it("tell an announced colour once, also where the first look was before it was known", async () => {
    const { told } = memoryOfTasks();
    assert.deepEqual(await toldOf(told, [unknownSnapshot(), knownSnapshot(), redTomorrow, redTomorrow]), [
      "tempo/event ROUGE",
    ]);
    // In the evening nothing is announced of the day after; the next day's colour is another event, even if the same.
    const nextDay = (color: "ROUGE" | null): Snapshot =>
      knownSnapshot({
        tempo: { ...knownTempo, tomorrow: { date: localDate("2026-11-23"), color, announcedAt: null } },
      });
    assert.deepEqual(await toldOf(told, [nextDay(null), nextDay("ROUGE")]), ["tempo/event ROUGE"]);
  });

  it("tell nothing of what stood there before the first look", async () => {
    assert.deepEqual(await toldOf(memoryOfTasks().told, [redTomorrow, redTomorrow]), []);
  });

  it("begin an alert, raise it, keep it through an hour without a signal, and end it once", async () => {
    const { told } = memoryOfTasks();
    const silent = knownSnapshot({ ecowatt: { ...knownEcowatt(), current: null, alert: null } });
    const levels = [alertOf(1), alertOf(2), silent, alertOf(2), alertOf(3), alertOf(1), alertOf(1)];
    assert.deepEqual(await toldOf(told, levels), ["ecowatt/event orange", "ecowatt/event red", "ecowatt/event end"]);
  });

  it("tell a consent that is missing, and when it is back", async () => {
    const { told } = memoryOfTasks();
    const problem = {
      code: "consent",
      sentence: "…",
      text: { fr: "…", en: "…" },
      since: at("2026-11-21T00:00:00Z"),
      usagePoint: null,
    };
    const missing = knownSnapshot({ usagePoints: [knownMeter({ problem })] });
    assert.deepEqual(await toldOf(told, [knownSnapshot(), missing, missing, knownSnapshot()]), [
      `${pdl}/event/problem consent`,
      `${pdl}/event/problem solved`,
    ]);
  });

  it("tell late data once, and their arrival", async () => {
    const { told } = memoryOfTasks();
    const late = knownSnapshot({ usagePoints: [knownMeter({ late: true })] });
    assert.deepEqual(await toldOf(told, [unknownSnapshot(), knownSnapshot(), late, late, knownSnapshot()]), [
      `${pdl}/event/late late`,
      `${pdl}/event/late arrived`,
    ]);
  });

  it("tell another price with the former one, and nothing while it is not known", async () => {
    const { told } = memoryOfTasks();
    const priced = (price: number | null): Snapshot =>
      knownSnapshot({
        usagePoints: [knownMeter({ tariff: knownTariff({ price: price === null ? null : energyPrice(price) }) })],
      });
    await toldOf(told, [priced(187_100), priced(null), priced(187_100)]);
    const [change] = changesSince(await told.load(), watchedIn(priced(149_900), settings()));
    assert.deepEqual(JSON.parse(change?.message?.payload ?? "null"), {
      event_type: "changed",
      pdl,
      value: 0.1499, // 149900 micro-euros
      former_value: 0.1871,
      unit: "EUR/kWh",
      period: "white_hp",
      until: "2026-11-21T22:00:00+01:00",
    });
  });

  it("are those of what is published: none of Tempo where nobody chose it", () => {
    const kinds = (exportData: Parameters<typeof settings>[0]) =>
      watchedIn(knownSnapshot(), settings(exportData)).map(({ fact }) => fact.kind);
    assert.deepEqual(kinds({ exportData: ["ecowatt"] }), ["ecowatt_alert", "problem", "late"]);
    assert.deepEqual(kinds({ exportData: ["tempo", "consumption_daily"] }), [
      "tempo_tomorrow",
      "problem",
      "late",
      "price",
    ]);
  });

  it("are remembered as tasks that nobody retries and that say nothing of a success", async () => {
    const { told, tasks } = memoryOfTasks();
    const telling = { key: "tempo_tomorrow", value: "2026-11-22 ROUGE", former: undefined };
    await told.tell({ ...telling, at: at("2026-11-21T10:00:00Z") }, async () => assert.fail("nothing to tell"));
    assert.deepEqual(
      [...tasks.values()],
      [
        {
          key: "told:tempo_tomorrow",
          askedAt: at("2026-11-21T10:00:00Z"),
          succeededAt: null,
          failures: 0,
          retryAt: null,
          detail: "2026-11-22 ROUGE",
        },
      ],
    );
    tasks.set("usage_points", { ...[...tasks.values()][0], key: "usage_points" } as TaskMemory);
    assert.deepEqual([...(await told.load())], [["tempo_tomorrow", "2026-11-22 ROUGE"]]);
  });
});

describe("events on a broker", { skip: skipWithout(schemaPath) }, () => {
  it("reach Home Assistant once, are not kept, and a restart neither repeats nor loses one", async () => {
    const broker = await startAedes();
    closers.push(broker.stop);
    const home = await FakeHomeAssistant.start(broker.url);
    closers.push(() => home.stop());
    const { told } = memoryOfTasks();
    const first = sinkOn(broker.url, { told });
    closers.push(() => first.sink.close());
    first.sink.start();
    await first.sink.publish(knownSnapshot());
    await first.sink.firstAttempt();
    await until(() => home.state("sensor.med_tempo_today") === "BLANC", "the states");
    await pause(100);
    await first.sink.publish(redTomorrow);
    await first.sink.publish(redTomorrow);
    const events = () => home.entity("event.med_tempo_announced")?.events ?? [];
    await until(() => events().length > 0, "the event");
    assert.deepEqual(events(), [{ event_type: "ROUGE", date: "2026-11-22", timestamp: "2026-11-21T10:40:00+01:00" }]);
    assert.equal((await retainedOn(broker.url)).has("myelectricaldata/tempo/event"), false);
    await first.sink.close();

    // The alert begins while nothing of ours is there.
    const second = sinkOn(broker.url, { told, inventory: first.inventory });
    closers.push(() => second.sink.close());
    second.sink.start();
    await second.sink.publish({ ...redTomorrow, ecowatt: alertOf(3).ecowatt });
    await second.sink.firstAttempt();
    const alerts = () => home.entity("event.med_ecowatt_alert_event")?.events ?? [];
    await until(() => alerts().length > 0, "the alert");
    await pause(100);
    assert.deepEqual([events().length, alerts().map(({ event_type }) => event_type)], [1, ["red"]]);
    assert.deepEqual(home.warnings, []);
  });

  it("wait for a broker that is away", async () => {
    const broker = await startAedes();
    closers.push(broker.stop);
    const { told } = memoryOfTasks();
    const { heard, client } = await listener(broker.url);
    closers.push(() => client.endAsync());
    const { sink } = sinkOn(broker.url, { told });
    closers.push(() => sink.close());
    // Looked at before, as by a former process.
    await toldOf(told, [knownSnapshot()]);
    await sink.publish(redTomorrow);
    assert.equal((await told.load()).get("tempo_tomorrow"), "");
    sink.start();
    await until(() => heard.some((message) => message.startsWith("myelectricaldata/tempo/event ")), "the event");
    await until(() => sink.status().connected, "connected");
    assert.equal(heard.filter((message) => message.startsWith("myelectricaldata/tempo/event ")).length, 1);
  });

  it("are told again rather than lost where the store fails in between", async () => {
    const broker = await startAedes();
    closers.push(broker.stop);
    const { told } = memoryOfTasks();
    await toldOf(told, [knownSnapshot()]);
    let failing = true;
    const { heard, client } = await listener(broker.url);
    closers.push(() => client.endAsync());
    const { sink } = sinkOn(broker.url, {
      told: {
        load: () => told.load(),
        tell: (telling, publish) =>
          told.tell(telling, async () => {
            await publish();
            if (failing) throw new Error("store away");
          }),
      },
    });
    closers.push(() => sink.close());
    sink.start();
    await sink.firstAttempt();
    await sink.publish(redTomorrow);
    failing = false;
    await sink.publish(redTomorrow);
    await sink.publish(redTomorrow);
    await pause(100);
    assert.equal(heard.filter((message) => message.startsWith("myelectricaldata/tempo/event ")).length, 2);
  });
});
