import assert from "node:assert/strict";
import { test } from "node:test";
import {
  at,
  color,
  commandsOf,
  coreKey,
  day,
  failureOf,
  meter,
  prepare,
  rows,
  signal,
  startWorld,
  type World,
} from "./support.ts";

/** Commands of the only equipment, without the plugin's own. */
const made = ({ double }: World) =>
  double
    .commandsOf(double.equipment[0]?.id ?? 0)
    .filter(({ logicalId }) => logicalId !== "refresh")
    .sort((a, b) => a.logicalId.localeCompare(b.logicalId));

test("nothing is there, and all is made: one equipment, and two commands for each quantity", async (t) => {
  const world = await startWorld(t);
  const prepared = await prepare(world);
  assert.deepEqual(
    world.double.equipment.map(({ name, logicalId, isEnable, isVisible, objectId, category }) => ({
      ...{ name, logicalId, isEnable, isVisible, objectId, category },
    })),
    [
      {
        name: "Linky 1234",
        logicalId: "linky_bridge:m1",
        isEnable: true,
        isVisible: true,
        objectId: null,
        category: { energy: 1 },
      },
    ],
  );
  const keptWhole = { historizeMode: "none", historyPurge: "never" };
  assert.deepEqual(
    made(world).map(({ logicalId, name, unit, isHistorized, isVisible, genericType, configuration }) => [
      ...[logicalId, name, unit, isHistorized, isVisible, genericType, configuration],
    ]),
    [
      ["consumption_day", "Consommation jour (historique)", "kWh", true, false, null, keptWhole],
      ["consumption_day_last", "Consommation jour", "kWh", false, true, "DAILY_CONSUMPTION", {}],
      ["tempo_today", "Tempo (historique)", "", true, false, null, keptWhole],
      ["tempo_today_last", "Tempo", "", false, true, null, {}],
    ],
  );
  assert.deepEqual(prepared.warnings, []);
  assert.equal(prepared.created.length, 4);
  assert.equal(commandsOf(prepared).history.id, made(world)[0]?.id);
  assert.equal(commandsOf(prepared).current.id, made(world)[1]?.id);
});

test("the second time nothing is saved", async (t) => {
  const world = await startWorld(t);
  const first = await prepare(world);
  const saves = () => [world.double.traffic.count("eqLogic::save"), world.double.traffic.count("cmd::save")];
  assert.deepEqual(saves(), [1, 4]);
  const second = await prepare(world);
  assert.deepEqual(saves(), [1, 4]);
  assert.deepEqual(second, { ...first, created: [] });
});

test("what the user changed stays: names, room, visibility", async (t) => {
  const world = await startWorld(t);
  const { equipmentId, commands } = await prepare(world);
  world.double.editEquipment(equipmentId, { name: "Compteur", objectId: 3, isVisible: false });
  world.double.editCommand(commandsOf({ ...noise, equipmentId, commands }).history.id, {
    name: "kWh",
    isVisible: true,
  });
  await prepare(world);
  assert.deepEqual(
    world.double.equipment.map(({ name, objectId, isVisible }) => [name, objectId, isVisible]),
    [["Compteur", 3, false]],
  );
  assert.deepEqual([made(world)[0]?.name, made(world)[0]?.isVisible], ["kWh", true]);
});

const noise = { created: [], warnings: [], values: new Map() };

test("a quantity that is new is added, and the others keep their commands and history", async (t) => {
  const world = await startWorld(t);
  const before = commandsOf(await prepare(world, { ...meter, quantities: [day] }));
  const point = { at: at("2026-11-16T23:00:00Z"), value: 12.345 };
  await world.jeedom.writeHistory(before.history, [point], signal);
  const after = await prepare(world, { ...meter, quantities: [day, color] });
  assert.deepEqual(commandsOf(after), before);
  assert.equal(after.created.length, 2);
  assert.deepEqual(rows(world, before.history), ["2026-11-17 00:00:00=12.345"]);
});

test("commands and equipment that were deleted are made again", async (t) => {
  const world = await startWorld(t);
  const prepared = await prepare(world);
  world.double.removeCommand(commandsOf(prepared).history.id);
  assert.equal((await prepare(world)).created.length, 1);
  world.double.removeEquipment(prepared.equipmentId);
  const again = await prepare(world);
  assert.notEqual(again.equipmentId, prepared.equipmentId);
  assert.equal(again.created.length, 4);
});

test("an answer that was lost makes no second equipment", async (t) => {
  const world = await startWorld(t);
  for (const method of ["eqLogic::save", "cmd::save"]) {
    world.double.failNext("drop_answer", { method });
    assert.equal((await failureOf(prepare(world))).reason, "unreachable");
  }
  await prepare(world);
  assert.equal(world.double.equipment.length, 1);
  assert.equal(made(world).length, 4);
});

test("of a copied equipment the original is fed", async (t) => {
  const world = await startWorld(t);
  const { equipmentId } = await prepare(world);
  await fetch(`${world.url}/core/api/jeeApi.php`, {
    method: "POST",
    body: JSON.stringify({
      jsonrpc: "2.0",
      method: "eqLogic::save",
      params: { apikey: coreKey, eqType_name: "virtual", name: "Another", logicalId: "linky_bridge:m1", isEnable: 1 },
    }),
  });
  assert.equal(world.double.equipment.length, 2);
  assert.equal((await prepare(world)).equipmentId, equipmentId);
});

test("a name that the user has given to another command is not fought over", async (t) => {
  const world = await startWorld(t);
  await prepare(world, { ...meter, quantities: [color] });
  const [history] = made(world);
  world.double.editCommand(history?.id ?? 0, { name: "CONSOMMATION JOUR" });
  await prepare(world);
  assert.deepEqual(
    made(world).map(({ name }) => name),
    ["Consommation jour (historique)", "Consommation jour 2", "CONSOMMATION JOUR", "Tempo"],
  );
});

test("names lose what Jeedom takes from them; without a rest there is one anyway", async (t) => {
  const world = await startWorld(t);
  await prepare(world, { ...meter, name: "#/[]" });
  await prepare(world, { ...meter, ref: "m2", name: "Chez [A] & B" });
  assert.deepEqual(
    world.double.equipment.map(({ name }) => name),
    ["Chez A B", "Linky"],
  );
});

test("a disabled equipment is not enabled behind the user's back", async (t) => {
  const world = await startWorld(t);
  const { equipmentId } = await prepare(world);
  world.double.editEquipment(equipmentId, { isEnable: false });
  const failure = await failureOf(prepare(world));
  assert.equal(failure.reason, "equipment_disabled");
  assert.match(failure.text.fr, /« Linky 1234 » est désactivé .* Cochez « Activer »/);
  assert.equal(world.double.equipment[0]?.isEnable, false);
});

test("a history that the user has switched off is a failure, one that is smoothed a warning", async (t) => {
  const world = await startWorld(t);
  const { history } = commandsOf(await prepare(world));
  world.double.editCommand(history.id, { configuration: { historizeMode: "avg" } });
  assert.match(
    (await prepare(world)).warnings.map(({ fr }) => fr).join(),
    /lisse .* « Consommation jour \(historique\) »/,
  );
  world.double.editCommand(history.id, { isHistorized: false });
  assert.equal((await failureOf(prepare(world))).reason, "not_historised");
});

test("a plain user's key may not make anything, and is told so", async (t) => {
  const hash = "user".padEnd(64, "u");
  const users = [{ hash, profile: "user", equipmentIds: [] }] as const;
  const world = await startWorld(t, { box: { settings: { users } }, client: { apiKey: hash } });
  const failure = await failureOf(prepare(world));
  assert.equal(failure.reason, "no_right");
  assert.match(failure.text.fr, /eqLogic::save.*utilisateur limité/);
});

test("a box in another zone than the one expected is found out before any history is written", async (t) => {
  const world = await startWorld(t, { box: { timeZone: "Indian/Reunion" } });
  const failure = await failureOf(prepare(world));
  assert.equal(failure.reason, "clock_differs");
  // 11:00 UTC is 15:00 there and noon in Paris.
  assert.match(failure.text.fr, /2026-11-18 15:00:00 ≠ 2026-11-18 12:00:00 Europe\/Paris/);
  const local = world.client({ timeZone: "Indian/Reunion" });
  assert.equal((await local.prepare({ ...meter, ref: "m2" }, signal)).created.length, 4);
});

test("a plugin that was switched off since the last time is noticed", async (t) => {
  const world = await startWorld(t);
  await prepare(world);
  world.double.set({ hasVirtual: false });
  assert.equal((await failureOf(prepare(world))).reason, "plugin_missing");
});
