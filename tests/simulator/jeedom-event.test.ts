import assert from "node:assert/strict";
import { test } from "node:test";
import { at, command, equipment, rows, startBox } from "./jeedom-box.ts";

test("ok is said as well where nothing is stored", async (t) => {
  const box = await startBox(t);
  const id = await equipment(box);
  const day = await command(box, id);
  const refresh = box.double.commandsOf(id).find(({ logicalId }) => logicalId === "refresh")?.id ?? 0;
  assert.equal(await box.result("cmd::event", { id: refresh, value: 1 }), "ok");
  box.double.editEquipment(id, { isEnable: false });
  assert.equal(await box.result("cmd::event", { id: day, value: 1 }), "ok");
  box.double.editEquipment(id, { isEnable: true });
  box.double.set({ hasVirtual: false });
  assert.equal(await box.result("cmd::event", { id: day, value: 1 }), "ok");
  assert.deepEqual([box.double.current(day), box.double.current(refresh)], [null, null]);
  assert.deepEqual(rows(box, day), []);
});

test("without history a past date changes the current value alone", async (t) => {
  const box = await startBox(t);
  const id = await command(box, await equipment(box), { isHistorized: 0 });
  await box.rpc("cmd::event", { id, value: 3, datetime: "2026-11-01 00:00:00" });
  assert.deepEqual(box.double.current(id), { value: 3, collectDate: "2026-11-01 00:00:00" });
  assert.equal(await box.result("cmd::getHistory", { id, startTime: null, endTime: null }), "ok");
});

test("a dated event becomes the current value and starts scenarios, a repeated one starts none", async (t) => {
  const box = await startBox(t);
  const id = await command(box, await equipment(box));
  box.double.watch(id);
  const send = (value: number, datetime: string) => box.rpc("cmd::event", { id, value, datetime });
  await send(1, "2026-11-17 00:00:00");
  await send(2, "2025-03-01 00:00:00");
  await send(2, "2025-03-02 00:00:00");
  assert.deepEqual(
    box.double.scenarioRuns.map(({ value }) => value),
    [1, 2],
  );
  assert.deepEqual(await box.result("cmd::execCmd", { id }), { value: 2, collectDate: "2025-03-02 00:00:00" });
  assert.equal(rows(box, id).length, 3);
});

const valueCases: readonly [sent: unknown, stored: number][] = [
  [null, 0],
  ["", 0],
  ["abc", 0],
  ["12 345", 12],
  ["1,5", 1.5],
  ["12345", 12345],
  [150, 100],
  [-3, -3],
];
for (const [sent, stored] of valueCases)
  test(`a numeric command makes ${stored} of ${JSON.stringify(sent)}`, async (t) => {
    const box = await startBox(t);
    // 12345 is beyond the limit of the case 150 -> 100: it gets a wider one.
    const maxValue = sent === 150 ? "100" : "";
    const id = await command(box, await equipment(box), { configuration: { historizeMode: "none", maxValue } });
    assert.equal(await box.result("cmd::event", { id, value: sent, datetime: "2026-11-18 00:00:00" }), "ok");
    assert.equal(box.double.current(id)?.value, stored);
    assert.deepEqual(rows(box, id), [`2026-11-18 00:00:00=${stored}`]);
  });

for (const datetime of [
  "2026-11-18T00:00:00",
  "2026-11-18T00:00:00Z",
  "2026-11-18 00:00:00+01:00",
  "2026-02-30 00:00:00",
])
  test(`the date ${datetime} is an error of MySQL, after the current value was changed`, async (t) => {
    const box = await startBox(t);
    const id = await command(box, await equipment(box));
    const { error } = await box.rpc("cmd::event", { id, value: 9, datetime });
    assert.equal(error?.code, -32000);
    assert.match(error?.message ?? "", /1292/);
    assert.equal(box.double.current(id)?.value, 9);
    assert.deepEqual(rows(box, id), []);
  });

test("no date is now, and an empty one is the previous one", async (t) => {
  const box = await startBox(t);
  const id = await command(box, await equipment(box));
  await box.rpc("cmd::event", { id, value: 1 });
  box.clock.set(at("2026-11-18T15:00:00Z"));
  await box.rpc("cmd::event", { id, value: 2, datetime: "" });
  // 11:00 UTC is noon in Brussels.
  assert.deepEqual(rows(box, id), ["2026-11-18 12:00:00=2"]);
});

test("the same second is replaced; the repeated hour has one row for its two runs", async (t) => {
  const box = await startBox(t);
  const id = await command(box, await equipment(box));
  for (const [now, value] of [
    ["2026-10-25T00:30:00Z", 1],
    ["2026-10-25T01:30:00Z", 2],
  ] as const) {
    box.clock.set(at(now));
    await box.rpc("cmd::event", { id, value });
  }
  assert.deepEqual(rows(box, id), ["2026-10-25 02:30:00=2"]);
});

test("the hour that March leaves out and dates to come are taken", async (t) => {
  const box = await startBox(t);
  const id = await command(box, await equipment(box));
  for (const datetime of ["2026-03-29 02:30:00", "2027-01-01 00:00:00"])
    assert.equal(await box.result("cmd::event", { id, value: 1, datetime }), "ok");
  assert.deepEqual(rows(box, id), ["2026-03-29 02:30:00=1", "2027-01-01 00:00:00=1"]);
});

test("a text is kept whole up to 127 characters, and refused by MySQL beyond", async (t) => {
  const box = await startBox(t);
  const id = await command(box, await equipment(box), { subType: "string" });
  const send = (length: number) =>
    box.rpc("cmd::event", { id, value: "x".repeat(length), datetime: `2026-11-18 00:00:00` });
  assert.equal((await send(127)).result, "ok");
  assert.match((await send(128)).error?.message ?? "", /1406/);
  assert.equal(box.double.history(id)[0]?.value.length, 127);
});

const halfHours = [
  ["2026-11-17 00:00:00", 100],
  ["2026-11-17 00:30:00", 400],
] as const;

test("the default archiving makes one average an hour", async (t) => {
  const box = await startBox(t);
  const id = await command(box, await equipment(box), { configuration: {} });
  for (const [datetime, value] of halfHours) await box.rpc("cmd::event", { id, value, datetime });
  box.double.archive();
  // (100 + 400) / 2.
  assert.deepEqual(rows(box, id), ["2026-11-17 00:00:00=250.000000"]);
});

test("with the mode none every point stays, and a correction stands beside the old one until the next archiving", async (t) => {
  const box = await startBox(t);
  const id = await command(box, await equipment(box));
  for (const [datetime, value] of halfHours) await box.rpc("cmd::event", { id, value, datetime });
  // 05:00 in Brussels is 04:00 UTC.
  box.clock.set(at("2026-11-19T04:00:00Z"));
  await box.rpc("cmd::event", { id, value: 401, datetime: "2026-11-17 00:30:00" });
  assert.deepEqual(rows(box, id), ["2026-11-17 00:00:00=100", "2026-11-17 00:30:00=401", "2026-11-17 00:30:00=400"]);
  box.clock.set(at("2026-11-20T04:00:00Z"));
  await box.rpc("ping");
  assert.deepEqual(rows(box, id), ["2026-11-17 00:00:00=100", "2026-11-17 00:30:00=401"]);
});

test("points of the last two hours are not archived yet; those of a command without history are deleted", async (t) => {
  const box = await startBox(t);
  const equipmentId = await equipment(box);
  const id = await command(box, equipmentId, { configuration: {} });
  // Now is 12:00 in Brussels.
  for (const time of ["10:00:00", "10:00:01", "10:30:00"])
    await box.rpc("cmd::event", { id, value: 8, datetime: `2026-11-18 ${time}` });
  box.double.archive();
  assert.deepEqual(rows(box, id), ["2026-11-18 10:00:00=8.000000", "2026-11-18 10:00:01=8", "2026-11-18 10:30:00=8"]);
  box.double.editCommand(id, { isHistorized: false });
  box.double.archive();
  assert.deepEqual(rows(box, id), []);
});

test("faults strike once, before or after the call took effect", async (t) => {
  const box = await startBox(t);
  const id = await command(box, await equipment(box));
  box.double.failNext("drop", { method: "cmd::event" });
  await assert.rejects(box.rpc("cmd::event", { id, value: 1 }));
  assert.equal(box.double.current(id), null);
  box.double.failNext("drop_answer", { method: "cmd::event" });
  await assert.rejects(box.rpc("cmd::event", { id, value: 1 }));
  assert.equal(box.double.current(id)?.value, 1);
  box.double.failNext({ status: 503, html: "busy" });
  assert.equal((await box.rpc("ping")).status, 503);
  assert.equal((await box.rpc("ping")).status, 200);
});
