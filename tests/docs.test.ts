import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { describeEntities } from "../src/adapters/mqtt/reference.ts";
import { entitiesDocument } from "./support/entities-document.ts";
import { statisticsDocument } from "./support/statistics-document.ts";

test("docs/statistics.md is what the code writes (npm run docs writes it)", () => {
  const path = join(import.meta.dirname, "..", "docs", "statistics.md");
  assert.equal(readFileSync(path, "utf8"), statisticsDocument());
});

test("each series is there twice, once a language, under the names users know", () => {
  const text = statisticsDocument();
  for (const part of ["base", "hc", "hp", "blue_hc", "blue_hp", "white_hc", "white_hp", "red_hc", "red_hp"])
    assert.equal(text.split(`\`myelectricaldata:consumption_{pdl}_${part}\``).length - 1, 2, part);
  assert.equal(text.split("| `linky_bridge:production_{pdl}` |").length - 1, 2);
});

test("docs/entities.md is what the code announces and stores (npm run docs writes it)", () => {
  assert.equal(readFileSync(join(import.meta.dirname, "..", "docs", "entities.md"), "utf8"), entitiesDocument());
});

test("each entity, topic and view is there twice, once a language", () => {
  const lines = entitiesDocument().split("\n");
  const rows = (name: string): number => lines.filter((line) => line.startsWith(`| \`${name}\` |`)).length;
  for (const { entityId } of describeEntities("fr")) assert.equal(rows(entityId), 2, entityId);
  for (const topic of ["{pdl}/consumption/daily", "{pdl}/production/yearly", "tempo/remaining", "ecowatt/forecast"])
    assert.equal(rows(`myelectricaldata/${topic}`), 2, topic);
  for (const view of ["consumption_daily", "production_daily", "tempo_calendar", "ecowatt_signals"])
    assert.equal(rows(view), 2, view);
});

test("the columns people query with psql are named", () => {
  const text = entitiesDocument();
  assert.match(text, /\| `consumption_daily` \| `usage_point_id`, `date`, `value_wh`, `quality`, /);
  assert.match(text, /\| `ecowatt_signals` \| `date`, `hour`, `level`, `message`, /);
});
