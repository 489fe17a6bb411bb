import assert from "node:assert/strict";
import { test } from "node:test";
import { exportNow, testExport } from "../../src/cli/export.ts";
import { instant } from "../../src/domain/units.ts";
import { systemClock } from "../../src/shared/clock.ts";
import type { Language } from "../../src/shared/language.ts";
import { silentLog } from "../../src/shared/log.ts";
import type { Destination, DestinationName } from "../../src/sync/exports/destination.ts";
import { ExportFailure } from "../../src/sync/exports/exporter.ts";
import { ExportFeeder } from "../../src/sync/exports/feeder.ts";
import { destinationTitles } from "../../src/sync/exports/words.ts";
import { MemoryOfExports } from "../support/export-memory.ts";
import { unknownSnapshot } from "../support/snapshots.ts";

const text = { fr: "La boîte est éteinte : allumez-la.", en: "The box is off: switch it on." };
const off = new ExportFailure("unreachable", text, { retry: "soon" });

const destination = (name: DestinationName, records: number | ExportFailure): Destination => ({
  name,
  title: destinationTitles[name],
  address: "http://there",
  test: async () => {
    if (records instanceof ExportFailure) throw records;
    return [{ ok: true, text: { fr: "Tout va.", en: "All is well." } }];
  },
  run: async ({ onBrought, snapshot }) => {
    assert.ok(snapshot, "a destination of current states needs one");
    if (records instanceof ExportFailure) throw records;
    onBrought(records);
    return { records, waitingCorrections: 0 };
  },
});

function port(destinations: readonly Destination[], language: Language = "fr") {
  const lines: string[] = [];
  const memory = new MemoryOfExports();
  return {
    lines,
    memory,
    destinations,
    language,
    output: { line: (line: string) => void lines.push(line) },
    snapshot: async () => unknownSnapshot(),
    feederOf: (one: Destination) =>
      new ExportFeeder({
        destination: one,
        memory,
        store: {
          loadTasks: async () => new Map(),
          saveTask: async () => undefined,
          loadDayMemory: async () => new Map(),
        },
        clock: systemClock,
        log: silentLog(),
        language,
        intervalMs: 60_000,
        holder: "command",
      }),
  };
}

test("every destination that is set is brought what it lacks, a line each", async () => {
  const given = port([destination("victoriametrics", 1234), destination("jeedom", 0)]);
  assert.equal(await exportNow(given, { name: "export", json: false }), 0);
  assert.deepEqual(given.lines, [
    "✓ VictoriaMetrics : 1\u202f234 valeurs envoyées et relues.",
    "✓ Jeedom : rien à envoyer, tout y est.",
  ]);
  const logs = await given.memory.loadExportLogs({ destination: null, beforeId: null, limit: 10 });
  assert.equal(logs.length, 2);
});

test("one that fails is told with what to do, the others go on, and the command ends with 1", async () => {
  const given = port([destination("victoriametrics", off), destination("jeedom", 1)], "en");
  assert.equal(await exportNow(given, { name: "export", json: false }), 1);
  assert.deepEqual(given.lines, [
    "✗ VictoriaMetrics: The box is off: switch it on.",
    "✓ Jeedom: 1 value sent and read back.",
  ]);
});

test("one is chosen by its name; one that is not set says where to begin", async () => {
  const given = port([destination("victoriametrics", 1), destination("jeedom", 2)]);
  assert.equal(await exportNow(given, { name: "export", what: "jeedom", json: true }), 0);
  assert.deepEqual(JSON.parse(given.lines.join("")), [
    { destination: "jeedom", status: "success", records: 2, problem: null },
  ]);
  const none = port([]);
  assert.equal(await exportNow(none, { name: "export", what: "jeedom", json: false }), 2);
  assert.match(none.lines[0] ?? "", /^Jeedom : cette destination n'est pas réglée .* commencez par JEEDOM_URL\.$/);
  assert.equal(await exportNow(none, { name: "export", json: false }), 2);
  assert.match(none.lines[1] ?? "", /^Aucune destination secondaire n'est réglée/);
});

test("another process that exports is waited for by its user, not by the command", async () => {
  const given = port([destination("jeedom", 1)]);
  const now = systemClock.now();
  await given.memory.claimExport({ destination: "jeedom", holder: "service", now, until: instant(now + 60_000) });
  assert.equal(await exportNow(given, { name: "export", json: false }), 1);
  assert.match(given.lines[0] ?? "", /un autre processus y exporte en ce moment/);
});

test("a trial tells each step, and the reason of a failure", async () => {
  const signal = new AbortController().signal;
  const well = port([destination("jeedom", 1)]);
  assert.equal(await testExport(well, "jeedom", signal), 0);
  assert.deepEqual(well.lines, ["✓ Tout va."]);
  const bad = port([destination("jeedom", off)], "en");
  assert.equal(await testExport(bad, "jeedom", signal), 1);
  assert.deepEqual(bad.lines, ["✗ The box is off: switch it on."]);
  assert.equal(await testExport(port([]), "victoriametrics", signal), 2);
});
