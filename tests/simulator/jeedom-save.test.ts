import assert from "node:assert/strict";
import { test } from "node:test";
import { command, equipment, idOf, rows, startBox } from "./jeedom-box.ts";

const virtual = { eqType_name: "virtual" };

test("a new equipment is disabled unless it is said otherwise, and has the plugin's own action", async (t) => {
  const box = await startBox(t);
  const saved = await box.result("eqLogic::save", { ...virtual, name: "Linky" });
  const id = idOf(saved);
  // The id of an insert is a text, afterwards a number.
  assert.deepEqual(saved, { ...Object(saved), id: String(id), isEnable: 0 });
  assert.equal(idOf(await box.result("eqLogic::byId", { id })), id);
  assert.deepEqual(
    box.double.commandsOf(id).map(({ logicalId, type }) => [logicalId, type]),
    [["refresh", "action"]],
  );
});

test("a list of commands removes those it does not name by id, with their history", async (t) => {
  const box = await startBox(t);
  const id = await equipment(box);
  const day = await command(box, id);
  const month = await command(box, id, { name: "Mois", logicalId: "month" });
  await box.rpc("cmd::event", { id: day, value: 1, datetime: "2026-11-01 00:00:00" });
  await box.rpc("eqLogic::save", { ...virtual, id, cmd: [{ id: month, name: "Mois" }] });
  assert.deepEqual(
    box.double
      .commandsOf(id)
      .map(({ logicalId }) => logicalId)
      .sort(),
    ["month", "refresh"],
  );
  assert.deepEqual(rows(box, day), []);
});

test("without an id an equipment is made twice, or refused where it has a room", async (t) => {
  const box = await startBox(t);
  await equipment(box);
  await equipment(box);
  assert.equal(box.double.equipment.length, 2);
  await equipment(box, { name: "In a room", object_id: 1 });
  const { error } = await box.rpc("eqLogic::save", { ...virtual, name: "in a RÔOM", object_id: 1 });
  assert.equal(error?.code, -32000);
  assert.match(error?.message ?? "", /\(1062\)/);
});

test("names lose what the core takes from them, and are unique in their equipment", async (t) => {
  const box = await startBox(t);
  const id = await equipment(box, { name: "A&B #1 [x]/y" });
  assert.deepEqual(
    box.double.equipment.map(({ name }) => name),
    ["AB 1 xy"],
  );
  await command(box, id, { name: "Énergie" });
  assert.match(
    (await box.rpc("cmd::save", { ...virtual, ...named("energie"), eqLogic_id: id })).error?.message ?? "",
    /1062/,
  );
});

const named = (name: string) => ({ name, type: "info", subType: "numeric" });

test("a command needs name, type, subtype and equipment", async (t) => {
  const box = await startBox(t);
  const id = await equipment(box);
  const save = (fields: object) => box.code("cmd::save", { ...virtual, eqLogic_id: id, ...named("x"), ...fields });
  assert.deepEqual(
    [await save({ name: "#" }), await save({ type: "" }), await save({ subType: "" }), await save({ eqLogic_id: 0 })],
    [-32000, -32000, -32000, -32000],
  );
});

test("a change keeps what it does not mention; isHistorized is told as a text", async (t) => {
  const box = await startBox(t);
  const equipmentId = await equipment(box);
  const id = await command(box, equipmentId, { unite: "kWh" });
  await box.rpc("cmd::save", { id, configuration: { historyPurge: "never" } });
  const told = await box.result("cmd::byId", { id });
  assert.deepEqual(told, {
    ...Object(told),
    unite: "kWh",
    isHistorized: "1",
    configuration: { historizeMode: "none", historyPurge: "never" },
    currentValue: null,
  });
});

test("without the plugin nothing can be made", async (t) => {
  const box = await startBox(t, { settings: { hasVirtual: false } });
  const { error } = await box.rpc("eqLogic::save", { ...virtual, name: "Linky" });
  assert.deepEqual([error?.code, error?.message.startsWith("Type incorrect")], [-32000, true]);
});
