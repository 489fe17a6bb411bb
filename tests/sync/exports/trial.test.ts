import assert from "node:assert/strict";
import { test } from "node:test";
import { ExportFailure } from "../../../src/sync/exports/exporter.ts";
import { trialFindings } from "../../../src/sync/exports/trial.ts";

const { signal } = new AbortController();

test("a failure is a finding; a mistake of ours is none", async () => {
  const text = { fr: "Éteint.", en: "Off." };
  const failing = (error: Error) => trialFindings({ test: () => Promise.reject(error) }, signal);
  assert.deepEqual(await failing(new ExportFailure("unreachable", text, { retry: "soon" })), [{ ok: false, text }]);
  await assert.rejects(failing(new TypeError("ours")), TypeError);
});
