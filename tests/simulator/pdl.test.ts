import assert from "node:assert/strict";
import { test } from "node:test";
import type { ListedOffpeakHours } from "../../src/simulator/account.ts";
import { sourceOfPower } from "../../src/simulator/energy-source.ts";
import { Bench, field, list, pdl, plainPoint } from "./bench.ts";

const noon = "2026-11-21T11:00:00Z";

const listed = async (bench: Bench): Promise<unknown> => list((await bench.get("/pdl")).data)[0];

test("a usage point is listed with its contract's figures as numbers and its windows as ranges", async () => {
  const point = await listed(new Bench(noon, [plainPoint({}, { name: "Maison" })]));
  assert.deepEqual(
    [
      "usage_point_id",
      "name",
      "subscribed_power",
      "offpeak_hours",
      "pricing_option",
      "activation_date",
      "is_active",
    ].map((key) => field(point, key)),
    [pdl, "Maison", 9, { ranges: ["22:00-06:00"] }, "HC_HP", "2018-08-31", true],
  );
  assert.deepEqual([field(point, "has_consumption"), field(point, "has_production")], [true, false]);
});

const shapes: readonly ListedOffpeakHours[] = [
  null,
  ["22:00-06:00"],
  { ranges: ["01:34-07:34", "12:56-14:56"] },
  { default: "22h30-06h30" },
  { default: "HC (22H00-6H00)" },
  { HC: "22h00-06h00" },
  { monday: "22:30-06:30", sunday: "00:00-24:00" },
];
for (const offpeakHours of shapes)
  test(`off-peak hours can be listed as ${JSON.stringify(offpeakHours)}`, async () => {
    const point = await listed(new Bench(noon, [plainPoint({}, { listed: { offpeakHours } })]));
    assert.deepEqual(field(point, "offpeak_hours"), offpeakHours);
  });

test("a list of objects can be served too, although the document does not know that shape", async () => {
  const offpeakHours = [{ start: "22:00", end: "06:00" }];
  const bench = new Bench(noon, [plainPoint({}, { listed: { offpeakHours } })]);
  const body: unknown = await (await bench.raw("/pdl")).json();
  assert.deepEqual(field(list(field(body, "data"))[0], "offpeak_hours"), offpeakHours);
});

test("a point is found by its UUID and not by its digits", async () => {
  const bench = new Bench(noon);
  const id = String(field(await listed(bench), "id"));
  assert.equal(field((await bench.get(`/pdl/${id}`)).data, "usage_point_id"), pdl);
  const unknown = await bench.get(`/pdl/${pdl}`);
  assert.deepEqual([unknown.status, unknown.code, unknown.message], [200, "PDL_NOT_FOUND", "PDL not found"]);
});

test("an account without a meter lists nothing, and meters of others are not seen", async () => {
  assert.deepEqual((await new Bench(noon, []).get("/pdl")).data, []);
  const bench = new Bench(noon, [plainPoint()], {
    accounts: [
      { clientId: "cli_bench", clientSecret: "bench-secret", usagePoints: [] },
      { clientId: "cli_other", clientSecret: "other-secret", usagePoints: [plainPoint()] },
    ],
  });
  assert.deepEqual((await bench.get("/pdl")).data, []);
  assert.equal((await bench.get(`/enedis/contract/${pdl}`)).code, "ACCESS_DENIED");
});

test("a consumption point may name the point of its panels by UUID", async () => {
  const roof = "12345678909999";
  const bench = new Bench(noon, [
    plainPoint({}, { listed: { linkedProductionPoint: roof } }),
    plainPoint({ production: sourceOfPower(() => 0) }, { usagePointId: roof }),
  ]);
  const [home, panels] = list((await bench.get("/pdl")).data);
  assert.equal(field(home, "linked_production_pdl_id"), field(panels, "id"));
});

test("the refused start of a detail call shows as oldest_available_data_date", async () => {
  const bench = new Bench(noon, [plainPoint({ activationDate: "2026-11-10" })]);
  await bench.detail("2026-11-05", "2026-11-08", false);
  assert.equal(field(await listed(bench), "oldest_available_data_date"), "2026-11-05");
});

test("a usage point needs 14 digits", () => {
  assert.throws(() => new Bench(noon, [plainPoint({}, { usagePointId: "1234" })]), /14 digits/);
});
