import assert from "node:assert/strict";
import { test } from "node:test";
import { usagePointsAnswer } from "../../src/server/api/usage-points.ts";
import { slotsOn } from "../contracts/store-builders.ts";
import { meter, StatisticsWorld, type WorldOptions } from "../support/statistics-world.ts";
import { jsonOf, partsOf, send, serve } from "./api.ts";

const hcHp = { pricingOption: "HC_HP", offpeakHours: "HC (22H00-6H00)", subscribedPowerKva: 6 };

async function open(t: Parameters<typeof serve>[0], options: WorldOptions = {}) {
  const world = await StatisticsWorld.open(t, { point: hcHp, ...options });
  const { url } = await serve(t, partsOf(world));
  return { world, get: (path: string) => send(`${url}/api/${path}`) };
}

test("meters tell their contract, where they are, and how far each flow is known", async (t) => {
  const { world, get } = await open(t);
  await world.store.saveAddress(meter, { city: "PARIS", postalCode: "75001", raw: {} });
  await world.ingest(["2026-11-10", "2026-11-12"].flatMap((date) => slotsOn(date, 600)));
  await world.ingest(slotsOn("2026-11-11", 40), "production");
  const { usagePoints } = usagePointsAnswer.parse(jsonOf(await get("pdl")));
  assert.deepEqual(usagePoints, [
    {
      id: meter,
      name: null,
      listed: true,
      hasConsumption: true,
      hasProduction: false,
      subscribedPowerKva: 6,
      offpeakHours: "HC (22H00-6H00)",
      activationDate: null,
      city: "PARIS",
      flows: [
        { flow: "consumption", from: "2026-11-10", through: "2026-11-12", days: 2 },
        { flow: "production", from: "2026-11-11", through: "2026-11-11", days: 1 },
      ],
      plan: { kind: "HC_HP", offpeakHours: "22:00-06:00", from: null, origin: "contract" },
      selectedOffer: null,
      problem: null,
    },
  ]);
  await world.store.saveProblem(meter, { code: "consent", message: "ADAM-DC-0008" }, world.clock.now());
  const [point] = usagePointsAnswer.parse(jsonOf(await get("pdl"))).usagePoints;
  assert.equal(point?.problem?.code, "consent");
  assert.match(point?.problem?.fr ?? "", /consentement Enedis du compteur 12345678901234/);
  assert.match(point?.problem?.en ?? "", /Enedis consent of meter 12345678901234/);
});

test("a plan that nobody tells is null", async (t) => {
  const { get } = await open(t, { point: { pricingOption: null, offpeakHours: null } });
  assert.equal(usagePointsAnswer.parse(jsonOf(await get("pdl"))).usagePoints[0]?.plan, null);
});
