import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { type TestContext, test } from "node:test";
import type { Language } from "../../src/shared/language.ts";
import { createLog } from "../../src/shared/log.ts";
import { createService } from "../../src/sync/service.ts";
import { at, run, startHome } from "../support/scenario.ts";

/** The lines of the service's log between two instants, of a home whose history is there. */
async function dayOfLog(t: TestContext, language: Language): Promise<string[]> {
  const home = await startHome(t, { gateway: { tempo: { publishedMinutes: 640 } } });
  await run(home, "2026-11-24T22:59:00Z");
  const lines: string[] = [];
  const sink = new Writable({
    write(line: Buffer, _encoding, done) {
      lines.push(line.toString());
      done();
    },
  });
  const stop = new AbortController();
  const clock = {
    now: () => home.clock.now(),
    async sleep(ms: number, signal: AbortSignal) {
      await home.clock.sleep(ms, signal);
      if (home.clock.now() > at("2026-11-25T23:00:00Z")) stop.abort();
    },
  };
  const log = createLog({ level: "info", format: "text", language }, sink).child({ component: "sync" });
  await createService({ ...home.deps, clock, language, log }).run(stop.signal);
  return lines;
}

const withoutTimes = (lines: readonly string[]): string[] =>
  lines.map((line) => line.replace(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d /, "").replace(/ {2}.*\n$/, ""));

test("the log of a quiet day fits a screen, and tells each step that brought something", async (t) => {
  // Told are the first round, yesterday, the highest power, tomorrow's colour and EcoWatt, each beside its round.
  assert.deepEqual(withoutTimes(await dayOfLog(t, "fr")), [
    "sync: tour terminé",
    "sync: relevé et enregistré",
    "sync: relevé et enregistré",
    "sync: tour terminé",
    "sync: relevé et enregistré",
    "sync: tour terminé",
    "sync: relevé et enregistré",
    "sync: tour terminé",
    "sync: relevé et enregistré",
    "sync: tour terminé",
  ]);
});

test("the log of a day is in English where English was chosen", async (t) => {
  assert.deepEqual(
    [...new Set(withoutTimes(await dayOfLog(t, "en")))],
    ["sync: round finished", "sync: fetched and stored"],
  );
});
