import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { at, knownSnapshot } from "../../support/snapshots.ts";
import { recorderWorld } from "./world.ts";

/** The checker comes with Debian's package `prometheus`. */
const hasPromtool = spawnSync("promtool", ["--version"]).error === undefined;
const skip = hasPromtool ? false : "needs promtool (package prometheus)";

const check = (text: string): { readonly status: number | null; readonly words: string } => {
  const { status, stdout, stderr } = spawnSync("promtool", ["check", "metrics"], { input: text, encoding: "utf8" });
  return { status, words: `${stdout}${stderr}` };
};

test("promtool has nothing to say against a scrape but for one name", { skip }, async () => {
  const { recorder } = recorderWorld();
  await recorder.publish(knownSnapshot());
  const startedAt = at("2026-11-21T08:00:00Z");
  const run = { status: "success", records: 5, waitingCorrections: 0, startedAt, completedAt: startedAt } as const;
  recorder.observeExportRun("victoriametrics", { ...run, problem: null });
  const text = await recorder.write();
  // How many days are missing is a count; its name is taken for a duration.
  const complaint = 'linky_bridge_missing_days use base unit "seconds" instead of "days"\n';
  assert.equal(check(text).words, complaint);
  const others = text.replaceAll("linky_bridge_missing_days", "linky_bridge_missing");
  assert.deepEqual(check(others), { status: 0, words: "" });
  assert.match(check(others.replaceAll("linky_bridge_missing", "linkyMissing")).words, /camelCase/);
});
