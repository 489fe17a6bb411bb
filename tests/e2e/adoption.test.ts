import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { type AdoptArguments, adopt } from "../../src/cli/adopt.ts";
import { rememberStart } from "../../src/cli/words.ts";
import { usagePointId } from "../../src/domain/units.ts";
import type { Language } from "../../src/shared/language.ts";
import type { HomeAssistantDouble } from "../../src/simulator/home-assistant/double.ts";
import {
  seedHaLinky,
  seedHassMyElectricalDataEntities,
  seedHassMyElectricalDataExternal,
  seedLiveSensor,
  seedMyElectricalDataV1,
  seedMyElectricalDataV2,
} from "../../src/simulator/home-assistant/former-tools.ts";
import type { StatisticsDeps } from "../../src/sync/statistics/run.ts";
import { readerToken, type WorldOptions } from "../support/statistics-world.ts";
import {
  AdoptionWorld,
  assertSame,
  energySeries,
  gridOf,
  hoursFromTo,
  houseSlots,
  houseWh,
  isOffPeak,
  meter,
  signal,
  wholeWh,
} from "../sync/adoption/world.ts";

interface Answer {
  readonly code: number;
  readonly text: string;
}

/** The command as its user types it. */
async function type(
  world: AdoptionWorld,
  wanted: Partial<AdoptArguments>,
  {
    language = "fr",
    statistics = world.home.deps,
    ending = signal,
    onLine = () => {},
  }: {
    language?: Language;
    statistics?: StatisticsDeps | null;
    ending?: AbortSignal;
    onLine?: (text: string) => void;
  } = {},
): Promise<Answer> {
  const lines: string[] = [];
  await world.home.clock.sleep(5);
  const line = (text: string): void => {
    lines.push(text);
    onLine(text);
  };
  const code = await adopt(
    { language, output: { line }, statistics },
    { action: wanted.what === undefined ? "show" : "adopt", yes: false, json: false, ...wanted },
    ending,
  );
  return { code, text: lines.join("\n") };
}

const hours = hoursFromTo("2026-01-01", "2026-01-20").map((start) => ({
  start,
  // Nothing is drawn at one hour of each night.
  energyWh: new Date(start).getUTCHours() === 2 ? 0 : houseWh(start),
  period: isOffPeak(start) ? ("hc" as const) : ("hp" as const),
}));
const production = hours.map(({ start, energyWh }) => ({ start, energyWh: energyWh * 2 }));
const house = { usagePoint: meter, hours, production, priceEurPerKwh: 0.2 };
const restarts = hoursFromTo("2026-01-09", "2026-01-09").slice(0, 1);

interface Former {
  readonly what: string;
  readonly modes: readonly ("continue" | "copy")[];
  readonly more?: Partial<AdoptArguments>;
  readonly seed: (double: HomeAssistantDouble) => readonly string[];
}

const formers: readonly Former[] = [
  {
    what: "myelectricaldata_v1",
    modes: ["continue", "copy"],
    seed: (double) => seedMyElectricalDataV1(double, { ...house, ...(restarts[0] ? { maxDate: restarts[0] } : {}) }),
  },
  {
    what: "myelectricaldata_v2",
    modes: ["continue", "copy"],
    seed: (double) => seedMyElectricalDataV2(double, { ...house, restarts }),
  },
  { what: "ha_linky", modes: ["continue", "copy"], seed: (double) => seedHaLinky(double, house) },
  {
    what: "hass_myelectricaldata",
    modes: ["continue", "copy"],
    // One series for what is produced; two of them could only be copied.
    seed: (double) =>
      seedHassMyElectricalDataExternal(double, {
        ...house,
        production: production.map((hour) => ({ ...hour, period: "base" })),
      }),
  },
  {
    what: "hass_myelectricaldata_entity",
    modes: ["copy"],
    seed: (double) => seedHassMyElectricalDataEntities(double, house),
  },
  {
    what: "sensor.linky_index",
    modes: ["copy"],
    more: { until: "2026-01-15" },
    seed: (double) => seedLiveSensor(double, { hours }),
  },
];

/** A bridge with both flows, which has not met Home Assistant yet. */
async function openWorld(t: TestContext, options: WorldOptions = {}): Promise<AdoptionWorld> {
  return AdoptionWorld.open(t, {
    ...options,
    point: { pricingOption: "HC_HP", offpeakHours: "HC (22H00-6H00)", hasProduction: true },
  });
}

describe("what each former tool leaves", () => {
  for (const { what, modes, more, seed } of formers)
    for (const mode of modes)
      it(`${what}: ${mode}, and back to the last byte`, async (t) => {
        const world = await openWorld(t);
        const { double } = world.home;
        const ids = seed(double);
        const energyIds = ids.filter((id) => double.metadata(id)?.unit_class === "energy");
        double.preferences = {
          energy_sources: [gridOf("sensor.heat_pump"), ...energyIds.map((id) => gridOf(id))],
          device_consumption: [{ stat_consumption: "sensor.fridge" }],
        };
        // The store knows the last days of the former tool and some more, and has not met Home Assistant yet.
        for (const flow of ["consumption", "production"] as const)
          await world.home.ingest(houseSlots("2026-01-18", "2026-01-25"), flow);
        const before = world.everything(ids);

        const previewed = await type(world, { what, mode, ...more });
        assert.equal(previewed.code, 0, previewed.text);
        assertSame(world.everything(ids), before);

        const done = await type(world, { what, mode, yes: true, ...more });
        assert.equal(done.code, 0, done.text);
        assert.notDeepEqual(world.everything(ids), before);
        const shown = (double.preferences?.energy_sources ?? []).map((source) => String(source.stat_energy_from));
        assert.equal(shown[0], "sensor.heat_pump");
        const ours = shown.slice(1);
        for (const id of ours) assert.equal(world.negativeBars(id), 0, id);
        if (mode === "copy")
          assert.ok(
            ours.every((id) => id.startsWith("linky_bridge:")),
            ours.join(),
          );
        else assert.deepEqual(ours, energyIds);
        // Of the former tool what the store does not know, of the store the rest.
        if (mode === "continue")
          assert.equal(world.shownWh(energyIds, "2026-01-18", "2026-01-25"), 2 * wholeWh("2026-01-18", "2026-01-25"));
        const again = await type(world, { what, mode, yes: true, ...more });
        assert.match(again.text, /déjà repris/);
        const { foreign, writtenRows } = await world.home.run({ check: true });
        assert.deepEqual({ foreign, writtenRows }, { foreign: [], writtenRows: 0 });

        const adoptions = await world.home.store.loadAdoptions();
        for (const { id } of adoptions.filter(({ step }) => step !== "undone").toReversed()) {
          const undone = await type(world, { action: "undo", what: String(id), yes: true });
          assert.equal(undone.code, 0, undone.text);
        }
        assertSame(world.everything(ids), before);
        assert.deepEqual(double.preferences?.device_consumption, [{ stat_consumption: "sensor.fridge" }]);
      });
});

describe("the command", () => {
  it("lists what is found, with the next command to type, in both languages", async (t) => {
    const world = await openWorld(t);
    assert.match((await type(world, {})).text, /Aucune série d'un autre outil/);
    for (const { seed } of formers) seed(world.home.double);
    world.home.double.seed(energySeries("linky:09876543210987", "Wh"), []);
    for (const language of ["fr", "en"] as const) {
      const { code, text } = await type(world, {}, { language });
      assert.equal(code, 0);
      assert.match(text, /linky-bridge adopt ha_linky --meter 12345678901234 --continue/);
      assert.match(text, /linky-bridge adopt hass_myelectricaldata_entity --meter 12345678901234 --copy/);
      assert.doesNotMatch(text, /hass_myelectricaldata_entity --meter 12345678901234 --continue/);
      assert.match(text, language === "fr" ? /ne relève pas ce compteur/ : /does not read this meter/);
      assert.match(text, language === "fr" ? /cumul en baisse le 2026-01-09/ : /sum falls on 2026-01-09/);
      assert.match(text, language === "fr" ? /Linky Bridge n'y touche pas/ : /leaves them untouched/);
      assert.doesNotMatch(text, /undefined|null|NaN/);
    }
  });

  it("still offers both ways for what the bridge goes on with by itself", async (t) => {
    const world = await openWorld(t);
    seedMyElectricalDataV2(world.home.double, { usagePoint: meter, hours });
    await world.know("2026-01-18", "2026-01-25");
    const { text } = await type(world, {}, { language: "en" });
    assert.match(text, /goes on with these series after 2026-01-20 \(no\. 1\)/);
    assert.match(text, /adopt myelectricaldata_v2 --meter 12345678901234 --continue/);
    assert.match(text, /adopt myelectricaldata_v2 --meter 12345678901234 --copy/);
  });

  it("previews, tells its progress, and how to undo", async (t) => {
    const world = await openWorld(t);
    seedHaLinky(world.home.double, { usagePoint: meter, hours });
    const previewed = await type(world, { what: "ha-linky", mode: "copy" }, { language: "en" });
    assert.match(previewed.text, /Nothing was changed/);
    assert.match(previewed.text, /linky-bridge adopt ha-linky --meter 12345678901234 --copy --yes/);
    const done = await type(world, { what: "ha_linky", mode: "copy", yes: true }, { language: "en" });
    assert.match(done.text, /Writing to Home Assistant…[\s\S]*rows of[\s\S]*taken over \(no\. 1\)[\s\S]*adopt undo 1/);
    const asked = await type(world, { action: "undo" }, { language: "en" });
    assert.match(asked.text, /linky-bridge adopt undo 1 --yes/);
    assert.equal((await world.home.store.loadAdoptions())[0]?.step, "applied");
    const undone = (await type(world, { action: "undo", yes: true })).text;
    assert.match(undone, /chaque ligne est comme avant/);
    // The copy made both series, which did not exist before.
    assert.match(undone, /Restitution : linky_bridge:consumption_12345678901234_hc \(0 ligne\)…/);
    assert.equal((await type(world, { action: "undo", yes: true })).code, 2);
  });

  it("answers in JSON to other programs", async (t) => {
    const world = await openWorld(t);
    seedHaLinky(world.home.double, { usagePoint: meter, hours });
    const found = JSON.parse((await type(world, { json: true })).text);
    assert.equal(found[0].history.tool, "ha_linky");
    const [previewed] = JSON.parse((await type(world, { what: "ha_linky", mode: "continue", json: true })).text);
    assert.equal(previewed.series[0].statisticId, `linky:${meter}`);
    const [done] = JSON.parse((await type(world, { what: "ha_linky", mode: "continue", yes: true, json: true })).text);
    assert.deepEqual([done.adoption.id, done.adoption.step, done.wasHalfWritten], [1, "applied", false]);
    const refused = await type(world, { what: "ha_linky", mode: "copy", yes: true, json: true });
    const { error } = JSON.parse(refused.text);
    assert.deepEqual([error.code, error.command], ["already_adopted", "linky-bridge adopt undo 1 --yes"]);
    assert.equal(refused.code, 2);
    const undone = JSON.parse((await type(world, { action: "undo", yes: true, json: true })).text);
    assert.deepEqual([undone.isDone, undone.step, undone.ownSeries], [true, "undone", "nothing"]);
  });

  it("says in one sentence what is wrong with a request, and changes nothing", async (t) => {
    const world = await openWorld(t);
    seedHaLinky(world.home.double, { usagePoint: meter, hours });
    world.home.double.seed(energySeries("sensor.power", "W"), [
      { start: restarts[0] ?? assert.fail(), state: 1, sum: 1 },
    ]);
    const before = world.everything();
    const cases: readonly (readonly [Partial<AdoptArguments>, RegExp])[] = [
      [{ what: "ha_linki", mode: "copy" }, /vouliez-vous dire ha_linky/],
      [{ what: "ha_linky", mode: "copy", meter: "123" }, /14 chiffres/],
      [{ what: "ha_linky", mode: "copy", meter: "09876543210987" }, /n'est pas relevé/],
      [{ what: "myelectricaldata_v1", mode: "continue" }, /aucune série de MyElectricalData v1/],
      [{ what: "sensor.power", mode: "copy", until: "2026-01-10" }, /en W au lieu de kWh ou Wh/],
      [{ what: "sensor.nowhere", mode: "copy", until: "2026-01-10" }, /aucune série/],
      [{ what: `linky:${meter}`, mode: "copy" }, /--until/],
      [{ what: "ha_linky", mode: "copy", until: "2026-02-30" }, /2026-02-30/],
      [{ action: "undo", what: "first" }, /n'est pas le numéro/],
      [{ action: "undo", what: "12" }, /n° 12 n'existe pas/],
    ];
    for (const [wanted, sentence] of cases) {
      const { code, text } = await type(world, { yes: true, ...wanted });
      assert.match(text.split("\n").at(-1) ?? "", sentence);
      assert.equal(code, 2, text);
    }
    assertSame(world.everything(), before);
    assert.deepEqual(await world.home.store.loadAdoptions(), []);
  });

  it("says what keeps Home Assistant away", async (t) => {
    assert.match(await refusedBy(t, { token: readerToken }), /administrateur/);
    assert.match(await refusedBy(t, { version: "2025.6.0" }), /2025\.11/);
    const world = await openWorld(t);
    assert.equal((await type(world, {}, { statistics: null })).code, 2);
    world.home.double.down();
    const { code, text } = await type(world, {});
    assert.equal(code, 1);
    assert.doesNotMatch(text, /undefined|Error/);
  });
});

describe("an adoption that is broken off", () => {
  const ids = ["hc", "hp"].map((role) => `myelectricaldata:${meter}_${role}_consumption`);
  const wanted = { what: "myelectricaldata_v1", mode: "continue", yes: true } as const;
  const isWriting = (text: string): boolean => text.includes("lignes sur");
  const bothWays =
    "la reprise n° 1 est à moitié écrite ; relancez la même commande pour la finir, ou linky-bridge adopt undo 1 --yes pour tout rendre.";

  /** Two series, the second of which is not begun when the first line of progress comes. */
  async function broken(t: TestContext, json = false) {
    const world = await openWorld(t);
    seedMyElectricalDataV1(world.home.double, { usagePoint: meter, hours });
    await world.home.ingest(houseSlots("2026-01-18", "2026-01-25"));
    const before = world.everything(ids);
    const ending = new AbortController();
    const onProgress = (): void => ending.abort(new Error("stopped"));
    const answer = await type(
      world,
      { ...wanted, json },
      json
        ? { ending: ending.signal, statistics: { ...world.home.deps, onProgress } }
        : { ending: ending.signal, onLine: (text) => void (isWriting(text) && ending.abort(new Error("stopped"))) },
    );
    return { world, before, answer };
  }

  it("by the user says in one sentence what is left and both ways on, and so does the list", async (t) => {
    const { world, answer } = await broken(t);
    assert.equal(answer.code, 1);
    assert.equal(answer.text.split("\n").at(-1), `Interrompu : ${bothWays}`);
    const listed = await type(world, {});
    assert.match(listed.text, /⚠ Repris à moitié \(n° 1, continuer les mêmes séries\)/);
    assert.match(
      listed.text,
      /pour la finir : linky-bridge adopt myelectricaldata_v1 --meter 12345678901234 --continue --yes\n/,
    );
    assert.match(listed.text, /pour tout rendre : linky-bridge adopt undo 1 --yes/);
    assert.equal(JSON.parse((await type(world, { json: true })).text)[0].isHalfWritten, true);
  });

  it("is finished by the same command", async (t) => {
    const { world } = await broken(t);
    const calm = await openWorld(t);
    seedMyElectricalDataV1(calm.home.double, { usagePoint: meter, hours });
    await calm.home.ingest(houseSlots("2026-01-18", "2026-01-25"));
    await type(calm, wanted);
    const again = await type(world, wanted);
    assert.equal(again.code, 0);
    assert.match(again.text, /La reprise n° 1, restée à moitié écrite, est finie\./);
    assertSame(world.everything(), calm.everything());
    const listed = (await type(world, {})).text;
    assert.match(listed, /Déjà repris \(n° 1, continuer les mêmes séries\)/);
    assert.doesNotMatch(listed, /moitié/);
  });

  it("is given back by the undo", async (t) => {
    const { world, before } = await broken(t);
    assert.notDeepEqual(world.everything(ids), before);
    const { code, text } = await type(world, { action: "undo", what: "1", yes: true });
    assert.equal(code, 0, text);
    assertSame(world.everything(ids), before);
    assert.match(text, /À son prochain passage, Linky Bridge écrira/);
  });

  it("has a code and its number for other programs", async (t) => {
    const { answer } = await broken(t, true);
    const { error } = JSON.parse(answer.text);
    assert.deepEqual({ code: error.code, adoption: error.adoption }, { code: "interrupted", adoption: 1 });
    assert.equal(answer.code, 1);
  });

  it("by Home Assistant says what happened, and the same", async (t) => {
    const world = await openWorld(t);
    const { double } = world.home;
    seedMyElectricalDataV1(double, { usagePoint: meter, hours });
    const { code, text } = await type(world, wanted, { onLine: (line) => void (isWriting(line) && double.down()) });
    assert.equal(code, 1);
    assert.match(text, /Home Assistant/);
    assert.equal(text.split("\n").at(-1), `Interrompu : ${bothWays}`);
    double.up();
    assert.match((await type(world, {})).text, /Repris à moitié/);
  });

  it("before anything is written, or while looking, leaves nothing", async (t) => {
    const world = await openWorld(t);
    seedMyElectricalDataV1(world.home.double, { usagePoint: meter, hours });
    const before = world.everything();
    for (const yes of [true, false]) {
      const ending = new AbortController();
      ending.abort(new Error("stopped"));
      const { code, text } = await type(world, { ...wanted, yes }, { ending: ending.signal });
      assert.deepEqual({ code, text }, { code: 1, text: "Interrompu : rien n'est resté à moitié fait." });
    }
    assertSame(world.everything(), before);
  });

  it("while it is undone says so, and goes on", async (t) => {
    const world = await openWorld(t);
    seedMyElectricalDataV1(world.home.double, { usagePoint: meter, hours });
    const before = world.everything(ids);
    await type(world, wanted);
    const ending = new AbortController();
    const onLine = (text: string): void => void (text.startsWith("Restitution") && ending.abort(new Error("stopped")));
    const { code, text } = await type(
      world,
      { action: "undo", what: "1", yes: true },
      { ending: ending.signal, onLine },
    );
    assert.equal(code, 1);
    const sentence =
      "Interrompu : l'annulation de la reprise n° 1 est à moitié faite ; pour la finir : linky-bridge adopt undo 1 --yes.";
    assert.equal(text.split("\n").at(-1), sentence);
    assert.match(
      (await type(world, {})).text,
      /Annulation à moitié faite[^\n]*\n +pour la finir : linky-bridge adopt undo 1 --yes/,
    );
    const refused = await type(world, wanted);
    assert.deepEqual(refused.text.split("\n").slice(-2), [
      "L'annulation de la reprise n° 1 est à moitié faite : finissez-la d'abord.",
      "  linky-bridge adopt undo 1 --yes",
    ]);
    await type(world, { action: "undo", what: "1", yes: true });
    assertSame(world.everything(ids), before);
  });
});

describe("its words", () => {
  it("name a sensor by its id, and count its rows", async (t) => {
    const world = await openWorld(t);
    seedLiveSensor(world.home.double, { hours });
    const id = "sensor.linky_index";
    const until = "2026-01-15";
    const titles = [await type(world, { what: id }), await type(world, { what: id, mode: "copy", until })].map(
      ({ text }) => text.split("\n")[0],
    );
    assert.deepEqual(titles, [
      `${id}, PDL ${meter}, consommation :`,
      `${id}, PDL ${meter}, consommation : copier dans les séries de Linky Bridge`,
    ]);
    const refused = await type(world, { what: id, mode: "continue", until });
    assert.equal(
      refused.text.split("\n").at(-1),
      "Ces séries appartiennent à un capteur vivant, que Home Assistant et son intégration écrivent eux-mêmes : elles ne peuvent être que copiées.",
    );
    const done = await type(world, { what: id, mode: "copy", until, yes: true });
    assert.match(done.text, /L'historique de sensor\.linky_index est repris \(n° 1\)\./);
  });

  it("say that a tool left nothing, also where there are several meters or none", async (t) => {
    const world = await openWorld(t);
    const asked = async (wanted: Partial<AdoptArguments>) => (await type(world, wanted)).text;
    const nothing = "Home Assistant n'a aucune série de ha-linky.";
    await world.home.describe({}, usagePointId("09876543210987"));
    assert.equal(await asked({ what: "ha-linky", mode: "copy" }), nothing);
    assert.equal(await asked({ what: "ha-linky" }), nothing);
    assert.equal(
      await asked({ what: "sensor.a", meter, mode: "copy", until: "2026-01-15" }),
      "Home Assistant n'a aucune série du nom de sensor.a.",
    );
    assert.match(
      await asked({ what: "sensor.a", mode: "copy" }),
      /^Dites de quel compteur par --meter : \d{14}, \d{14}\.$/,
    );
  });

  it("give commands as this user may type them", async (t) => {
    const world = await openWorld(t);
    seedHaLinky(world.home.double, { usagePoint: meter, hours });
    rememberStart({ viaNpm: true, dataDir: "here" });
    t.after(() => rememberStart({ viaNpm: false }));
    const texts = [
      await type(world, {}),
      await type(world, { what: "ha_linky", mode: "copy" }),
      await type(world, { what: "ha_linky", mode: "copy", yes: true }),
      await type(world, { what: "ha_linky", mode: "continue" }),
      await type(world, { action: "undo" }),
    ].map(({ text }) => text);
    const commands = texts.flatMap((text) => text.match(/[^\n:«]*(?:linky-bridge|adopt) [^\n]*/g) ?? []);
    assert.deepEqual(
      commands.map((text) => text.trim()),
      [
        `npm run linky-bridge -- adopt ha_linky --meter ${meter} --continue --data-dir here`,
        `npm run linky-bridge -- adopt ha_linky --meter ${meter} --copy --data-dir here`,
        `npm run linky-bridge -- adopt ha_linky --meter ${meter} --copy --yes --data-dir here`,
        "npm run linky-bridge -- adopt undo 1 --data-dir here",
        "npm run linky-bridge -- adopt undo 1 --yes --data-dir here",
        "npm run linky-bridge -- adopt undo 1 --yes --data-dir here",
      ],
    );
  });

  it("sum to the total that they show", async (t) => {
    const world = await openWorld(t);
    seedHaLinky(world.home.double, { usagePoint: meter, hours });
    await world.know("2026-01-18", "2026-01-31");
    const { text } = await type(world, { what: "ha_linky", mode: "continue" }, { language: "en" });
    assert.doesNotMatch(text, /comes on top/);
    await world.home.ingest(houseSlots("2026-02-01", "2026-02-01"));
    const later = await type(world, { what: "ha_linky", mode: "continue" }, { language: "en" });
    assert.match(later.text, /comes on top: 1 day\./);
    const line = (title: string): string => new RegExp(`^ *${title}: (.*)$`, "m").exec(text)?.[1] ?? "";
    assert.match(text, /Energy before → after, from 2026-01-01 to 2026-01-20:/);
    assert.notEqual(line("total"), "");
    // One month and no period: the same figures.
    assert.equal(line("January 2026"), line("total"));
    assert.match(text, /And 11 days that the former tool did not have: \d/);
  });
});

/** What the command says of a Home Assistant that lets nobody write; nothing is left of the request. */
async function refusedBy(t: TestContext, options: WorldOptions): Promise<string> {
  const { home } = await AdoptionWorld.unopened(t, options);
  seedHaLinky(home.double, { usagePoint: meter, hours });
  const before = JSON.stringify(home.double.rows(`linky:${meter}`));
  const lines: string[] = [];
  const code = await adopt(
    { language: "fr", output: { line: (text) => void lines.push(text) }, statistics: home.deps },
    { action: "adopt", what: "ha_linky", mode: "copy", yes: true, json: false },
    signal,
  );
  assert.equal(code, 1);
  assert.equal(JSON.stringify(home.double.rows(`linky:${meter}`)), before);
  assert.ok((await home.store.loadAdoptions()).every(({ step }) => step === "undone"));
  assert.deepEqual(await home.store.loadSeries(), []);
  return lines.at(-1) ?? "";
}
