import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { parse } from "yaml";
import { describeEntities } from "../../src/adapters/mqtt/reference.ts";
import { parseArguments } from "../../src/cli/arguments.ts";
import { loadConfig } from "../../src/config/load.ts";
import { manifestOptions } from "../../src/config/reference.ts";

const root = join(import.meta.dirname, "..", "..");
const whole = readFileSync(join(root, "DOCS.md"), "utf8");
const position = whole.indexOf("## English");
const sections = { French: whole.slice(0, position), English: whole.slice(position) } as const;

/** As a shell takes a line apart: by blanks, quoted words whole. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "");

describe("DOCS.md", () => {
  for (const [language, text] of Object.entries(sections)) {
    test(`tells of every option, and of no other (${language})`, () => {
      const table = text.split("\n").filter((line) => line.startsWith("| `") && !line.includes("`linky "));
      const told = table.flatMap((line) =>
        [...(line.split(" | ")[0] ?? "").matchAll(/`(\w+)`/g)].map(([, key]) => key),
      );
      // The two that are needed come before the table.
      const keys = manifestOptions().map(({ key }) => key);
      assert.deepEqual(["client_id", "client_secret", ...told].sort(), [...keys].sort());
      for (const key of keys) assert.ok(text.includes(`\`${key}\``), key);
    });

    test(`shows commands that the program takes as they are written (${language})`, () => {
      const commands = [...text.matchAll(/`linky ([^`]+)`|^linky (\w.*)$/gm)].map(
        ([, inline, own]) => inline ?? own ?? "",
      );
      for (const name of ["energy", "adopt", "statistics", "prices", "bill", "verify", "doctor", "status"])
        assert.ok(
          commands.some((command) => command.startsWith(name)),
          name,
        );
      for (const command of commands) {
        const parsed = parseArguments(wordsOf(command));
        assert.ok(!("fault" in parsed), `${command}: ${JSON.stringify(parsed)}`);
      }
    });

    test(`shows a tariff plan that is accepted (${language})`, () => {
      const example = /```yaml\n([\s\S]*?)```/.exec(text)?.[1] ?? "";
      const optionsFile = { path: "options", text: JSON.stringify({ tariff_plans: parse(example) }) };
      const loaded = loadConfig({ env: {}, optionsFile, requireCredentials: false });
      assert.ok("config" in loaded, JSON.stringify(loaded));
      assert.equal(loaded.config.tariffPlans.length, 1);
    });
  }

  test("links only what exists", () => {
    const links = [...whole.matchAll(/\]\(([^)#]+)\)/g)].map(([, target]) => String(target));
    assert.ok(links.length > 4);
    for (const link of links)
      assert.ok(link.startsWith("https://www.v2.myelectricaldata.fr") || existsSync(join(root, link)), link);
  });

  test("has the same headings in both languages", () => {
    const count = (text: string): number => text.match(/^### /gm)?.length ?? 0;
    assert.equal(count(sections.French), count(sections.English));
  });
});

const directory = join(root, "ha-addon", "dashboards");
const announced = new Set(describeEntities("en").map(({ entityId }) => entityId.replace("{pdl}", "01234567890123")));

/** Every text under `entity`, at any depth. */
function* entitiesIn(value: unknown): Generator<string> {
  if (typeof value !== "object" || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    if (key === "entity" && typeof part === "string") yield part;
    yield* entitiesIn(part);
  }
}

describe("sample dashboards", () => {
  test("are those that DOCS.md speaks of", () =>
    assert.deepEqual(readdirSync(directory).sort(), ["consumption.yaml", "ecowatt.yaml", "tempo.yaml"]));

  for (const file of readdirSync(directory))
    test(`${file} shows only entities that are announced`, () => {
      const text = readFileSync(join(directory, file), "utf8");
      const entities = [...entitiesIn(parse(text))];
      assert.ok(entities.length >= 4);
      for (const entity of entities) assert.ok(announced.has(entity), entity);
      assert.deepEqual(Object.keys(parse(text)), ["title", "views"]);
    });
});

test("repository.json has what the Supervisor needs, and no address that does not exist", () => {
  assert.deepEqual(JSON.parse(readFileSync(join(root, "repository.json"), "utf8")), { name: "Linky Bridge" });
});
