import assert from "node:assert/strict";
import { test } from "node:test";
import {
  contributeRoute,
  curveRoute,
  customerRoute,
  dailyRoute,
  detailRoute,
  ecowattRoute,
  offersRoute,
  powerRoute,
  type Route,
  releaseRoute,
  tempoRoute,
  usagePointsRoute,
  usageRoute,
} from "../../../src/adapters/gateway/routes.ts";
import { localDate } from "../../../src/domain/calendar.ts";
import type { Flow } from "../../../src/domain/usage-point.ts";
import type { CurveRoute } from "../../../src/sync/source.ts";
import { days, home } from "./support.ts";

const today = localDate("2026-11-20");

const curve = (flow: Flow, route: CurveRoute, from: string, to: string): string =>
  shown(curveRoute({ usagePoint: home, flow, period: days(from, to), route }, today));

/** `path?query bucket`, or what stands for no call. */
const shown = (route: Route | null): string => {
  if (route === null) return "no call";
  const query = new URLSearchParams(route.query).toString();
  return `${route.path.replace(home, "{}")}${query && `?${query}`} ${route.bucket ?? "uncounted"}`;
};

test("recent consumption is asked in a batch, end included, without the cache", () => {
  assert.equal(
    curve("consumption", "recent", "2026-11-13", "2026-11-19"),
    "/enedis/consumption/detail/batch/{}?start=2026-11-13&end=2026-11-19&use_cache=false no_cache",
  );
});

test("recent production of up to a week is asked in detail, end excluded", () => {
  assert.equal(
    curve("production", "recent", "2026-11-13", "2026-11-19"), // 7 days
    "/enedis/production/detail/{}?start=2026-11-13&end=2026-11-20&use_cache=false no_cache",
  );
});

test("recent production of more than a week is asked in a batch", () => {
  assert.equal(
    curve("production", "recent", "2026-11-12", "2026-11-19"), // 8 days
    "/enedis/production/detail/batch/{}?start=2026-11-12&end=2026-11-19&use_cache=false no_cache",
  );
});

test("history is asked in a batch of its direction", () => {
  assert.equal(
    curve("production", "history", "2026-09-01", "2026-10-26"),
    "/enedis/production/detail/batch/{}?start=2026-09-01&end=2026-10-26&use_cache=false no_cache",
  );
});

test("a hole is asked in detail, one day being two bounds", () => {
  assert.equal(
    curve("consumption", "hole", "2026-03-29", "2026-03-29"),
    "/enedis/consumption/detail/{}?start=2026-03-29&end=2026-03-30&use_cache=false no_cache",
  );
  assert.equal(
    curve("production", "hole", "2026-02-28", "2026-03-01"),
    "/enedis/production/detail/{}?start=2026-02-28&end=2026-03-02&use_cache=false no_cache",
  );
});

test("consumption in detail and by day stops at the day before yesterday", () => {
  assert.equal(
    curve("consumption", "hole", "2026-11-16", "2026-11-19"),
    "/enedis/consumption/detail/{}?start=2026-11-16&end=2026-11-19&use_cache=false no_cache",
  );
  const daily = dailyRoute({ usagePoint: home, flow: "consumption", period: days("2026-11-10", "2026-11-20") }, today);
  assert.equal(shown(daily), "/enedis/consumption/daily/{}?start=2026-11-10&end=2026-11-19&use_cache=false no_cache");
  const yesterday = dailyRoute({ usagePoint: home, flow: "consumption", period: days("2026-11-19") }, today);
  assert.equal(shown(yesterday), "no call");
});

test("production by day and power give yesterday with today as end, and never a later end", () => {
  const daily = dailyRoute({ usagePoint: home, flow: "production", period: days("2026-11-10", "2026-11-19") }, today);
  assert.equal(shown(daily), "/enedis/production/daily/{}?start=2026-11-10&end=2026-11-20&use_cache=false no_cache");
  const power = powerRoute({ usagePoint: home, period: days("2026-11-10", "2026-11-22") }, today);
  assert.equal(shown(power), "/enedis/power/{}?start=2026-11-10&end=2026-11-20&use_cache=false no_cache");
});

test("a batch stops at yesterday, so that today never widens it", () => {
  assert.equal(
    curve("consumption", "recent", "2026-11-19", "2026-11-21"),
    "/enedis/consumption/detail/batch/{}?start=2026-11-19&end=2026-11-19&use_cache=false no_cache",
  );
  assert.equal(curve("consumption", "recent", "2026-11-20", "2026-11-20"), "no call");
});

test("batches are given more time than the rest", () => {
  const batch = curveRoute(
    { usagePoint: home, flow: "consumption", period: days("2026-11-13", "2026-11-19"), route: "recent" },
    today,
  );
  assert.equal(batch?.pace, "batch");
  assert.equal(
    detailRoute({ usagePoint: home, flow: "production", period: days("2026-11-19") }, today)?.pace,
    "single",
  );
});

test("a period that no call can hold is our own mistake", () => {
  assert.throws(() => curve("consumption", "hole", "2026-11-01", "2026-11-08"), RangeError); // 8 days
  assert.throws(() => curve("production", "hole", "2026-11-01", "2026-11-08"), RangeError);
  assert.throws(() => curve("consumption", "history", "2024-11-01", "2026-10-31"), RangeError); // 730 days
  assert.equal(curve("consumption", "history", "2024-11-02", "2026-10-31").includes("start=2024-11-02"), true); // 729
  assert.throws(() => curve("consumption", "recent", "2026-11-19", "2026-11-18"), RangeError);
  const year = { usagePoint: home, flow: "consumption", period: days("2025-11-18", "2026-11-18") } as const; // 366
  assert.throws(() => dailyRoute(year, today), RangeError);
  assert.throws(() => powerRoute(year, today), RangeError);
});

test("Tempo and EcoWatt are asked from the day before, and only EcoWatt counts", () => {
  assert.equal(shown(tempoRoute(localDate("2026-09-01"))), "/tempo/days?start_date=2026-08-31 uncounted");
  assert.equal(shown(tempoRoute(null)), "/tempo/days uncounted");
  assert.equal(
    shown(ecowattRoute(days("2026-11-20", "2026-11-23"))),
    "/ecowatt/history?start_date=2026-11-19&end_date=2026-11-23 no_cache",
  );
  assert.throws(() => ecowattRoute(days("2025-11-20", "2026-11-20")), RangeError);
});

test("contract and address use the larger counter", () => {
  assert.equal(shown(customerRoute("contract", home)), "/enedis/contract/{}?use_cache=true cached");
  assert.equal(shown(customerRoute("address", home)), "/enedis/address/{}?use_cache=true cached");
});

test("what the gateway does not count spends nothing, and public routes take no credentials", () => {
  for (const route of [usagePointsRoute, usageRoute, contributeRoute({})])
    assert.deepEqual([route.bucket, route.access], [null, "account"], route.name);
  for (const route of [releaseRoute, tempoRoute(null), offersRoute({ includeHistory: true })])
    assert.deepEqual([route.bucket, route.access], [null, "public"], route.name);
  assert.deepEqual(offersRoute({ includeHistory: true, providerId: "p" }).query, {
    include_history: "true",
    provider_id: "p",
  });
});
