import assert from "node:assert/strict";
import { test } from "node:test";
import { bill } from "../../src/cli/bill.ts";
import { compare } from "../../src/cli/compare.ts";
import { prices } from "../../src/cli/prices.ts";
import { loadConfig } from "../../src/config/load.ts";
import { localDate } from "../../src/domain/calendar.ts";
import { loadDayTariff } from "../../src/sync/bill/day-tariff.ts";
import { loadPriceBook } from "../../src/sync/prices/book.ts";
import { loadPointPlan } from "../../src/sync/prices/selected-offer.ts";
import { slotsOn } from "../contracts/store-builders.ts";
import { StatisticsWorld } from "../support/statistics-world.ts";

/** A home at 9 kVA whose contract says BASE, with the option as its user writes it. */
async function homeOf(t: Parameters<typeof StatisticsWorld.open>[0], option: string): Promise<StatisticsWorld> {
  const env = { MED_CLIENT_ID: "cli_abc", MED_CLIENT_SECRET: "s3cr3t-value", TARIFF_PLANS: option };
  const read = loadConfig({ env });
  assert.ok("config" in read, JSON.stringify(read));
  const point = { pricingOption: "BASE", subscribedPowerKva: 9 };
  const world = await StatisticsWorld.open(t, { point, plans: read.config.tariffPlans });
  await world.ingest(slotsOn("2026-11-01", 1_000));
  return world;
}

async function shown(world: StatisticsWorld, command: "prices" | "bill" | "compare"): Promise<string[]> {
  const lines: string[] = [];
  const { store, clock } = world;
  const { account, plans } = world.deps;
  const output = { line: (text: string) => void lines.push(text.replaceAll(/[\u00A0\u202F]/g, " ")) };
  const port = { store, clock, account, plans, output, language: "fr" } as const;
  if (command === "bill") await bill(port, { json: false, from: "2026-11-01", to: "2026-11-01" });
  else if (command === "compare") await compare(port, { json: false });
  else await prices({ ...port, config: { tariffPlans: plans }, sync: { account } }, { json: false });
  return lines;
}

test("a plan without windows: no price of another plan anywhere, the user's standing charge, and the doubt", async (t) => {
  const world = await homeOf(
    t,
    '[{"from":"2025-11-01","plan":"HC_HP","prices":"hp=0.2065 hc=0.1579","standing":"15.65"}]',
  );
  const listed = await shown(world, "prices");
  assert.match(listed[1] ?? "", /⚠ Les heures creuses du compteur 12345678901234 ne sont pas connues/);
  assert.deepEqual(listed.slice(2), [
    "  à partir du 01/11/2026 : BASE, 9 kVA",
    "    Prix inconnu, donc aucun coût : Base",
    "    Abonnement : 15,65 € par mois d'après votre réglage",
  ]);
  const billed = (await shown(world, "bill")).join("\n");
  assert.match(billed, /15,65 € par mois d'après votre réglage/);
  assert.match(billed, /vos heures creuses ne sont pas connues/);
  assert.doesNotMatch(billed, /tarif réglementé/);
  const compared = (await shown(world, "compare")).join("\n");
  assert.match(compared, /Pas comparé : Votre formule \(Base\), son prix ou son abonnement/);
  assert.match(compared, /1\. Tarif Bleu EDF Base/);
  const { store, deps } = world;
  const [point] = await store.loadUsagePoints(deps.account);
  assert.ok(point);
  const known = {
    plan: await loadPointPlan(store, point, deps.plans),
    book: await loadPriceBook(store, point, deps.plans),
  };
  const { stretches, standing } = await loadDayTariff(store, known, localDate("2026-11-01"));
  assert.deepEqual(
    stretches.map(({ period, price }) => [period, price]),
    [["base", null]],
  );
  assert.equal(standing?.monthly, 15_650_000);
});

test("prices of another plan than the meter's, and a mistyped meter, are told beside the prices", async (t) => {
  const world = await homeOf(
    t,
    '[{"prices":"hp=0.2065 hc=0.1579"},{"usage_point":"12345678901243","plan":"BASE","prices":"base=0.20"}]',
  );
  const listed = await shown(world, "prices");
  assert.match(listed[0] ?? "", /⚠ L'option tariff_plans nomme le compteur …1243, .* connus : 12345678901234\.$/);
  assert.match(listed[2] ?? "", /⚠ Vos prix hc, hp \(BASE\) ne servent pas pour le compteur 12345678901234/);
  assert.match((await shown(world, "bill")).join("\n"), /vos prix hc, hp \(BASE\) ne servent pas/);
});
