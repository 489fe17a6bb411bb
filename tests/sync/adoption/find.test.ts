import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { usagePointId } from "../../../src/domain/units.ts";
import { findFormerSeries } from "../../../src/sync/adoption/find.ts";
import { modesOf } from "../../../src/sync/adoption/modes.ts";
import { meaningOf } from "../../../src/sync/adoption/tools.ts";
import type { StatisticMetadata } from "../../../src/sync/statistics/recorder.ts";

const pdl = "12345678901234";
const meter = usagePointId(pdl);

const listed = (statisticId: string, unit = "kWh", hasSum = true): StatisticMetadata => ({
  statisticId,
  source: statisticId.split(":")[0] ?? "",
  name: null,
  unit,
  unitClass: null,
  hasSum,
});

describe("what an id says", () => {
  const cases: readonly (readonly [string, string])[] = [
    [`myelectricaldata:${pdl}_base_consumption`, "myelectricaldata_v1 consumption energy base kWh"],
    [`myelectricaldata:${pdl}_hc_consumption`, "myelectricaldata_v1 consumption energy hc kWh"],
    [`myelectricaldata:${pdl}_bluehc_consumption`, "myelectricaldata_v1 consumption energy blue_hc kWh"],
    [`myelectricaldata:${pdl}_redhp_consumption_cost`, "myelectricaldata_v1 consumption cost red_hp EURO"],
    [`myelectricaldata:${pdl}_production`, "myelectricaldata_v1 production energy total kWh"],
    [`myelectricaldata:${pdl}_production_revenue`, "myelectricaldata_v1 production cost total EURO"],
    [`myelectricaldata:${pdl}`, "myelectricaldata_v1 consumption stray total kWh"],
    [`myelectricaldata:${pdl}_cost`, "myelectricaldata_v1 consumption cost total EURO"],
    [`myelectricaldata:consumption_${pdl}_base`, "myelectricaldata_v2 consumption energy base kWh"],
    [`myelectricaldata:consumption_${pdl}_white_hp`, "myelectricaldata_v2 consumption energy white_hp kWh"],
    [`myelectricaldata:cost_${pdl}_hc`, "myelectricaldata_v2 consumption cost hc EUR"],
    [`myelectricaldata:production_${pdl}`, "myelectricaldata_v2 production energy total kWh"],
    [`linky:${pdl}`, "ha_linky consumption energy total Wh"],
    [`linky:${pdl}_cost`, "ha_linky consumption cost total €"],
    [`linky_prod:${pdl}`, "ha_linky production energy total Wh"],
    [`linky_prod:${pdl}_cost`, "ha_linky production cost total €"],
    [`myelectricaldata:${pdl}_consumption_standard`, "hass_myelectricaldata consumption energy base kWh"],
    [`myelectricaldata:${pdl}_consumption_full`, "hass_myelectricaldata consumption energy hp kWh"],
    [`myelectricaldata:${pdl}_consumption_offpeak_cost`, "hass_myelectricaldata consumption cost hc EUR"],
    [`myelectricaldata:${pdl}_production_standard`, "hass_myelectricaldata production energy total kWh"],
    [`sensor.myelectricaldata_${pdl}_consumption_offpeak`, "hass_myelectricaldata_entity consumption energy hc kWh"],
  ];
  for (const [id, expected] of cases)
    it(`${id.replace(pdl, "<pdl>")}: ${expected}`, () => {
      const meaning = meaningOf(id, "myelectricaldata");
      assert.ok(meaning);
      const { tool, flow, kind, role, unit, usagePoint } = meaning;
      assert.equal(`${tool} ${flow} ${kind} ${role} ${unit}`, expected);
      assert.equal(usagePoint, pdl);
    });

  it("says nothing of ids that only look alike", () => {
    for (const id of [
      `myelectricaldata:${pdl}_green_consumption`,
      `myelectricaldata:consumption_${pdl}_hcc`,
      `myelectricaldata:consumption_${pdl}`,
      "myelectricaldata:consumption_1234_hc",
      `linkyx:${pdl}`,
      `sensor.linky_${pdl}_consumption`,
      `opower:${pdl}`,
    ])
      assert.equal(meaningOf(id, "myelectricaldata"), null, id);
  });
});

describe("what is found", () => {
  it("goes by meter, flow and tool, and tells apart what is not ours", () => {
    const other = "09876543210987";
    const found = findFormerSeries(
      [listed(`linky:${pdl}`, "Wh"), listed(`linky:${other}`, "Wh"), listed(`linky_prod:${pdl}`, "Wh")],
      [meter],
    );
    assert.deepEqual(
      found.map(({ usagePoint, flow, isOurs, series }) => [usagePoint, flow, isOurs, series.length]),
      [
        [other, "consumption", false, 1],
        [pdl, "consumption", true, 1],
        [pdl, "production", true, 1],
      ],
    );
  });

  it("is never a series of the bridge", () => {
    assert.deepEqual(findFormerSeries([listed(`linky_bridge:consumption_${pdl}_hc`)], [meter]), []);
    assert.deepEqual(
      findFormerSeries([listed(`linky_bridge:consumption_${pdl}_hc`)], [meter], { prefix: "linky_bridge" }),
      [],
    );
  });

  it("is v2's under another prefix when its user says so", () => {
    const series = [listed(`enedis:consumption_${pdl}_hc`)];
    assert.deepEqual(findFormerSeries(series, [meter]), []);
    assert.equal(findFormerSeries(series, [meter], { prefix: "enedis" })[0]?.tool, "myelectricaldata_v2");
  });

  it("is refused in a unit of a factor of a thousand, or without a sum", () => {
    const [history] = findFormerSeries(
      [
        listed(`myelectricaldata:${pdl}_hc_consumption`, "Wh"),
        listed(`myelectricaldata:${pdl}_hp_consumption`, "kWh", false),
        listed(`myelectricaldata:${pdl}_hp_consumption_cost`, "EURO"),
      ],
      [meter],
    );
    assert.deepEqual(
      history?.refused.map(({ fault }) => fault),
      ["unit", "no_sum"],
    );
    assert.deepEqual(history?.series, []);
    assert.equal(history?.costs.length, 1);
    assert.ok(modesOf(history ?? assert.fail()).every(({ reason }) => reason !== null));
  });
});
