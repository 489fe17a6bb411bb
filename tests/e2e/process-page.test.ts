import assert from "node:assert/strict";
import { test } from "node:test";
import { addDays, dateAt } from "../../src/domain/calendar.ts";
import { backupsAnswer, restorePreviewAnswer } from "../../src/server/api/backup.ts";
import { diagnosticsAnswer, exportsAnswer } from "../../src/server/api/diagnostics.ts";
import { qualityDayAnswer } from "../../src/server/api/quality.ts";
import { systemClock } from "../../src/shared/clock.ts";
import { freePort } from "../support/broker.ts";
import { processAccount, processFlat, processWorld, youngFlat } from "../support/process-world.ts";

async function ask(url: string, init: RequestInit & { readonly json?: unknown } = {}): Promise<unknown> {
  const { json, ...request } = init;
  const typed =
    json === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(json) };
  const answer = await fetch(url, { ...request, ...typed });
  const text = await answer.text();
  assert.equal(answer.status, 200, text);
  return JSON.parse(text);
}

test("a running service: a typed day, a dump of before it put back, and the service goes on by itself", {
  timeout: 180_000,
}, async (t) => {
  const world = await processWorld(t, { accounts: [{ ...processAccount, usagePoints: youngFlat() }] });
  const port = await freePort();
  const program = world.start(["start"], { API_PORT: String(port) });
  await program.says("tour terminé", 90_000);
  const url = `http://127.0.0.1:${port}`;
  const before = addDays(dateAt(systemClock.now()), -400);
  const day = `${url}/api/quality/${processFlat}/${before}`;
  const dump = Buffer.from(await (await fetch(`${url}/api/backup`)).arrayBuffer());

  const typed = await ask(day, { method: "PUT", json: { valueWh: 9_000, confirm: true } });
  assert.equal(qualityDayAnswer.parse(typed).state, "typed");
  const preview = restorePreviewAnswer.parse(
    await ask(`${url}/api/restore/preview`, {
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body: new Uint8Array(dump),
    }),
  );
  // The typed day is not in it.
  assert.equal((preview.here.tables.day ?? 0) - (preview.dump.tables.day ?? 0), 1);
  await ask(`${url}/api/restore`, { method: "POST", json: { id: preview.id, confirm: true } });
  await program.says("est restaurée", 60_000);
  await program.says(/API prête.*API prête/s, 60_000);

  const { lastRestore, backups } = backupsAnswer.parse(await ask(`${url}/api/backups`));
  assert.deepEqual([lastRestore?.isDone, backups.map(({ kind }) => kind)], [true, ["before-restore"]]);
  const restored = qualityDayAnswer.parse(await ask(`${url}/api/quality/${processFlat}/${before}`));
  assert.equal(restored.state, "before_first_day");
  const { log, tables } = diagnosticsAnswer.parse(await ask(`${url}/api/diagnostics`));
  assert.ok(log.some((line) => line.includes("est restaurée")));
  assert.equal(tables.find(({ name }) => name === "day")?.rows, preview.dump.tables.day);
  const { exports } = exportsAnswer.parse(await ask(`${url}/api/exports`));
  assert.deepEqual(
    exports.map(({ destination, isEnabled }) => [destination, isEnabled]),
    [
      ["mqtt", true],
      ["homeassistant", false],
      ["victoriametrics", false],
      ["jeedom", false],
      ["homeassistant_states", false],
    ],
  );
  assert.equal((await program.stop("SIGTERM")).code, 0, program.said);
});
