import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { metricReference } from "../../src/adapters/victoria-metrics/metric-names.ts";
import { options } from "../../src/config/options.ts";
import { changeExportBody } from "../../src/server/api/exports.ts";
import { tryBody } from "../../src/server/api/settings.ts";
import { exportTypes } from "../../src/sync/exports/destination-options.ts";
import { exportNamesDocument } from "../support/export-names-document.ts";
import { testDatabase } from "../support/test-database.ts";

const root = join(import.meta.dirname, "..", "..");
const names = readFileSync(join(root, "docs", "export-names.md"), "utf8");
const guide = readFileSync(join(root, "docs", "exports.md"), "utf8");
const blocks = (language: string): readonly string[] =>
  [...guide.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map(([, code = ""]) => code);
const lines = (language: string): readonly string[] => blocks(language).flatMap((code) => code.trim().split("\n"));

suite("docs/export-names.md", () => {
  test("is what the code writes (npm run docs writes it)", () => assert.equal(names, exportNamesDocument()));

  test("has each metric once a language in its vocabulary, and its tables hold together", () => {
    for (const { metric } of metricReference) {
      const told = names.split("\n").filter((line) => line.includes(`| \`${metric}\` |`)).length;
      assert.equal(told, 2 * metricReference.filter((row) => row.metric === metric).length, metric);
    }
    const columns = (line: string): number => line.split("|").length;
    for (const table of names.split("\n\n").filter((part) => part.startsWith("|"))) {
      const [head = "", ...rows] = table.trim().split("\n");
      for (const row of rows) assert.equal(columns(row), columns(head), row);
    }
  });

  test("tells both commands of a quantity on Jeedom, and tomorrow's colour alone", () => {
    const row = "Consommation jour `consumption_day_last` | Consommation jour (historique) `consumption_day` | kWh |";
    assert.equal(names.split(row).length - 1, 2);
    assert.ok(names.includes("Tempo de demain `tempo_tomorrow_last` |  |"));
  });
});

suite("docs/exports.md", () => {
  test("names options as they are", () => {
    const named = [...guide.matchAll(/`((?:victoriametrics|jeedom|prometheus)_\w+)`/g)].map(([, key = ""]) => key);
    assert.ok(named.length >= 8);
    for (const key of named) assert.ok(key in options, key);
  });

  test("asks VictoriaMetrics for metrics that are written there", () => {
    const asked = [...guide.matchAll(/(myelectricaldata_\w+)\{?/g)].map(([, metric]) => metric);
    assert.ok(asked.length >= 8);
    for (const metric of asked)
      assert.ok(
        metricReference.some((row) => row.names === "documented" && row.metric === metric),
        metric,
      );
  });

  test("shows SQL that the database takes", async (t) => {
    const { sql } = await testDatabase(t);
    const statements = lines("sql");
    assert.equal(statements.length, 8);
    for (const statement of statements) await sql.unsafe(statement);
  });

  test("shows calls that the API takes", () => {
    const routes = exportRoutes();
    const calls = lines("sh").filter((line) => line.includes("/api/export/"));
    assert.equal(calls.length, 12);
    for (const call of calls) {
      const [, method = "GET"] = /-X (\w+)/.exec(call) ?? [];
      const [, path = ""] = /\d(\/api\/[^ '?]+)/.exec(call) ?? [];
      const type = exportTypes.find((known) => path.split("/").includes(known));
      assert.ok(routes.includes(`${method} ${type === undefined ? path : path.replace(type, ":type")}`), call);
      const [, body] = /-d '(.+)' http/.exec(call) ?? [];
      if (body !== undefined) (method === "PUT" ? changeExportBody : tryBody).parse(JSON.parse(body));
    }
  });
});

const exportRoutes = (): readonly string[] => {
  const source = readFileSync(join(root, "src", "server", "routes", "exports.ts"), "utf8");
  return [...source.matchAll(/app\.(get|put|post)\(\s*"([^"]+)"/g)].map(
    ([, method = "", path]) => `${method.toUpperCase()} ${path}`,
  );
};
