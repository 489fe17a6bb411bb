import assert from "node:assert/strict";
import { test } from "node:test";
import { registerSecret } from "../../../src/shared/log.ts";
import { works } from "../../../src/sync/checks/finding.ts";
import { ExportFailure } from "../../../src/sync/exports/exporter.ts";
import { trialFindings } from "../../../src/sync/exports/trial.ts";

const { signal } = new AbortController();

test("what a peer says of itself is shown without secrets and at a bounded length", async () => {
  registerSecret("what-it-was-sent");
  const said = `Version what-it-was-sent ${"x".repeat(5_000)}`;
  const [finding] = await trialFindings({ test: async () => [works(said, said)] }, signal);
  // 1,000 characters and the sign that more was there.
  assert.deepEqual([finding?.ok, finding?.text.fr.length], [true, 1_001]);
  assert.match(finding?.text.en ?? "", /^Version ••• x+…$/);
});

test("a failure is a finding; a mistake of ours is none", async () => {
  const text = { fr: "Éteint.", en: "Off." };
  const failing = (error: Error) => trialFindings({ test: () => Promise.reject(error) }, signal);
  assert.deepEqual(await failing(new ExportFailure("unreachable", text, { retry: "soon" })), [{ ok: false, text }]);
  await assert.rejects(failing(new TypeError("ours")), TypeError);
});
