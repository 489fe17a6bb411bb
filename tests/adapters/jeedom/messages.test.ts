import assert from "node:assert/strict";
import { test } from "node:test";
import {
  commandList,
  currentValue,
  equipmentList,
  historyList,
  pluginList,
  saved,
  setting,
} from "../../../src/adapters/jeedom/messages.ts";

test("ok is an empty list, and a setting that is not there", () => {
  for (const list of [equipmentList, commandList, historyList, pluginList]) assert.deepEqual(list.parse("ok"), []);
  assert.equal(setting.parse("ok"), null);
  assert.equal(setting.parse("Europe/Brussels"), "Europe/Brussels");
  assert.throws(() => equipmentList.parse("no"));
});

test("ids are texts when new and numbers afterwards, and always there", () => {
  assert.deepEqual([saved.parse({ id: "12" }), saved.parse({ id: 12 })], [12, 12]);
  for (const answer of ["ok", {}, { id: "" }, { id: "x" }, { id: null }]) assert.throws(() => saved.parse(answer));
});

test("flags come as numbers, texts and nothing; an empty configuration comes as a list", () => {
  const command = { id: 1, name: "x", logicalId: null, configuration: [] };
  const told = (isHistorized: unknown) => commandList.parse([{ ...command, isHistorized }])[0]?.isHistorised;
  assert.deepEqual(["1", 1, true, "0", 0, null].map(told), [true, true, true, false, false, false]);
  assert.equal(commandList.parse([{ ...command, isHistorized: "1" }])[0]?.historizeMode, "avg");
});

test("a command that never held a value tells none", () => {
  const collectDate = "2026-11-18 12:00:00";
  for (const answer of [{ collectDate }, { value: null, collectDate }])
    assert.deepEqual(currentValue.parse(answer), { value: null, collectDate });
});
