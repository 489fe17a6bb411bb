import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { localDate } from "../../../src/domain/calendar.ts";
import { instant } from "../../../src/domain/units.ts";
import { findHalfDone, isHalfWritten } from "../../../src/sync/adoption/half-written.ts";
import type { Adoption } from "../../../src/sync/adoption/store.ts";
import { energyKey, type SeriesState } from "../../../src/sync/statistics/series.ts";
import { meter } from "./world.ts";

const linky = `linky:${meter}`;
const at = instant(Date.UTC(2026, 1, 10, 8));

const adoption = (told: Partial<Adoption> = {}): Adoption => ({
  id: 1,
  usagePoint: meter,
  flow: "consumption",
  tool: "ha_linky",
  mode: "continue",
  at,
  statisticIds: [linky],
  step: "applied",
  preferences: null,
  keepThrough: null,
  ...told,
});

const series = (dirtyFrom: number | null, told: Partial<SeriesState> = {}): SeriesState => ({
  ...energyKey(meter, "consumption", "total"),
  statisticId: linky,
  name: "Linky",
  unit: "Wh",
  id: 1,
  base: 0n,
  total: 0n,
  firstHour: null,
  lastHour: null,
  dirtyFrom: dirtyFrom === null ? null : instant(dirtyFrom),
  revision: 1,
  foreignAt: null,
  repairedAt: null,
  ...told,
});

const hour = 3_600_000;
const before = at - 240 * hour;

describe("an adoption", () => {
  const cases: readonly (readonly [string, boolean, Adoption, SeriesState])[] = [
    ["is half written while hours of before it are not read back", true, adoption(), series(before)],
    ["is whole once all are", false, adoption(), series(null)],
    ["is whole when only a later day waits", false, adoption(), series(at + 24 * hour)],
    ["has nothing to do with another series", false, adoption(), series(before, { statisticId: "linky:1" })],
    ["is not begun while it is only saved", false, adoption({ step: "saved" }), series(before)],
    [
      "that the bridge made by itself rewrites nothing",
      false,
      adoption({ keepThrough: localDate("2026-02-01") }),
      series(before),
    ],
    ["of an earlier installation's is nobody's command", false, adoption({ tool: "linky_bridge" }), series(before)],
  ];
  for (const [sentence, expected, one, state] of cases)
    it(sentence, () => {
      assert.equal(isHalfWritten(one, [state]), expected);
    });

  it("half done is the newest that is half written or half undone", async () => {
    const find = async (...adoptions: readonly Adoption[]) =>
      (await findHalfDone({ loadAdoptions: async () => adoptions, loadSeries: async () => [series(before)] }))?.id;
    assert.equal(await find(adoption({ id: 2, step: "undoing" }), adoption({ id: 1 })), 2);
    assert.equal(await find(adoption({ id: 1 }), adoption({ id: 2, step: "undone" })), 1);
    assert.equal(await find(adoption({ step: "undone" })), undefined);
  });
});
