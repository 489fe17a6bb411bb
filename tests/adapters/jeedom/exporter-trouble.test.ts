import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { exportFailureOf } from "../../../src/adapters/jeedom/export-failure.ts";
import { failure } from "../../../src/adapters/jeedom/failure.ts";
import { type FailureCode, sentences } from "../../../src/adapters/jeedom/sentences.ts";
import { createLog } from "../../../src/shared/log.ts";
import { defaultSettings } from "../../../src/simulator/jeedom/settings.ts";
import { ExportFailure } from "../../../src/sync/exports/exporter.ts";
import { failureOf } from "../../contracts/exporter.ts";
import { day } from "../../support/known-series.ts";
import { energy } from "./export-run.ts";
import { startExport } from "./exporter-world.ts";
import { serve, signal } from "./support.ts";

const soon = ["unreachable", "server_error", "banned", "busy", "gone", "not_stored"];
const settings = ["wrong_url", "redirected", "forbidden"];
for (const code of Object.keys(sentences) as FailureCode[]) {
  const known = failure(code, { url: "http://box", detail: "x" });
  const retry = soon.includes(known.reason) ? "soon" : settings.includes(known.reason) ? "settings" : "hourly";
  test(`${code} is tried again: ${retry}`, () => {
    const told = exportFailureOf(known);
    assert.ok(told instanceof ExportFailure);
    assert.deepEqual([told.reason, told.retry, told.text], [known.reason, retry, known.text]);
  });
}

test("a mistake of ours stays one", () => {
  const mistake = new RangeError("ours");
  assert.equal(exportFailureOf(mistake), mistake);
});

const batch = { series: energy("day"), days: [day("2026-11-20", 12_345)] };

for (const [header, retryAfterMs] of [
  ["120", 120_000],
  ["99999999", 3_600_000],
  ["Sat, 21 Nov 2026 09:00:00 GMT", null],
  [null, null],
] as const)
  test(`too many requests with Retry-After ${header} are waited for`, async (t) => {
    const { another } = await startExport(t);
    const url = await serve(t, (_request, response) =>
      response.writeHead(429, header === null ? {} : { "retry-after": header }).end("<h1>Too Many Requests</h1>"),
    );
    const told = await failureOf(() => another({ url }).add(batch, signal));
    assert.deepEqual([told.reason, told.retry, told.retryAfterMs], ["busy", "soon", retryAfterMs]);
  });

test("no line of the log and no failure tells the key or the password of the address", async (t) => {
  const lines: string[] = [];
  const stream = new PassThrough();
  stream.on("data", (line) => lines.push(String(line)));
  const log = createLog({ level: "trace", format: "json" }, stream);
  const apiKey = "secret-of-the-export".padEnd(64, "e");
  const { another, double, url } = await startExport(t);
  double.set({ virtual: { ...defaultSettings.virtual, key: apiKey } });
  const exporter = another({ apiKey, log, url: url.replace("//", "//me:pass%20of%20the%20proxy@") });
  await exporter.open(signal);
  await exporter.add(batch, signal);
  double.set({ virtual: { ...defaultSettings.virtual, mode: "disable" } });
  const told = await failureOf(() => exporter.add({ ...batch, days: [day("2026-11-19", 1)] }, signal));
  log.error({ err: told }, "it failed");
  const said = [
    ...lines,
    told.text.fr,
    told.stack,
    exporter.target,
    JSON.stringify(await exporter.test(signal)),
  ].join();
  assert.ok(lines.length > 5);
  for (const secret of [apiKey, "pass of the proxy", "pass%20of"]) assert.equal(said.includes(secret), false, secret);
});

const ok = [
  "répond, et c'est l'API",
  "clé API est acceptée",
  "version est 4.5.3",
  "Europe/Paris est supposé",
  "Virtuel est",
];

test("the test tells what works, hop by hop, before and after the first export", async (t) => {
  const { exporter, double } = await startExport(t);
  await assertFindings(exporter.test(signal), [...ok, "Aucun équipement n'y est encore"]);
  assert.equal(double.equipment.length, 0);
  await exporter.add(batch, signal);
  await assertFindings(exporter.test(signal), [...ok, "« Linky 1234 » est là et activé"]);
  double.editEquipment(double.equipment[0]?.id ?? 0, { isEnable: false });
  const last = (await exporter.test(signal)).at(-1);
  assert.equal(last?.ok, false);
  assert.match(last?.text.fr ?? "", /« Linky 1234 » est désactivé/);
});

test("a zone that the box tells is shown", async (t) => {
  const apiKey = defaultSettings.core.key;
  const { exporter } = await startExport(t, { settings: { apiKey }, box: { timeZone: "Europe/Brussels" } });
  assert.match((await exporter.test(signal))[3]?.text.fr ?? "", /daté dans le fuseau Europe\/Brussels/);
});

const off = (door: "core" | "virtual") => ({ ...defaultSettings[door], mode: "disable" }) as const;
const stops: readonly [what: string, changes: object, passed: number, sentence: RegExp][] = [
  ["a shut API", { core: off("core"), virtual: off("virtual") }, 1, /n'est pas ouverte/],
  ["another key", { virtual: { ...defaultSettings.virtual, key: "n".repeat(64) } }, 1, /refuse la clé/],
  ["a restricted key", { virtual: { ...defaultSettings.virtual, isRestricted: true } }, 1, /est restreinte/],
  ["a missing plugin", { hasVirtual: false }, 2, /n'est pas actif/],
];
for (const [what, changes, passed, sentence] of stops)
  test(`the test stops at ${what}, and tells what works before it`, async (t) => {
    const { exporter } = await startExport(t, { box: { settings: changes } });
    const findings = await exporter.test(signal);
    assert.deepEqual(
      findings.map(({ ok }) => ok),
      [...Array.from({ length: passed }, () => true), false],
    );
    assert.match(findings.at(-1)?.text.fr ?? "", sentence);
  });

async function assertFindings(
  asked: ReturnType<Awaited<ReturnType<typeof startExport>>["exporter"]["test"]>,
  expected: readonly string[],
): Promise<void> {
  const findings = await asked;
  assert.equal(findings.length, expected.length);
  for (const [position, { ok, text }] of findings.entries()) {
    assert.ok(ok, text.fr);
    assert.ok(text.fr.includes(expected[position] ?? ""), text.fr);
  }
}
