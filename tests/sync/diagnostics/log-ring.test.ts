import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { createLog, registerSecret } from "../../../src/shared/log.ts";
import { LogRing } from "../../../src/sync/diagnostics/log-ring.ts";

test("the last lines stay, oldest first, and no more than five hundred of them", () => {
  const ring = new LogRing();
  assert.deepEqual(ring.lines(), []);
  for (let line = 1; line <= 3; line++) ring.add(`line ${line}\n`);
  assert.deepEqual(ring.lines(), ["line 1", "line 2", "line 3"]);
  for (let line = 4; line <= 502; line++) ring.add(`line ${line}\n`);
  const lines = ring.lines();
  assert.deepEqual([lines.length, lines[0], lines.at(-1)], [500, "line 3", "line 502"]);
});

test("a line of any length is bounded", () => {
  const ring = new LogRing();
  ring.add("x".repeat(5_000));
  // 2,000 characters and the sign that there were more.
  assert.equal(ring.lines()[0]?.length, 2_001);
});

test("what passes by reaches its destination as it is, and stays here without colours or secrets", async () => {
  const ring = new LogRing();
  const destination = Object.assign(new PassThrough(), { isTTY: true });
  const log = createLog({ level: "info", format: "text" }, ring.before(destination));
  registerSecret("very-secret-word");
  log.warn({ token: "abc", answer: "very-secret-word" }, "refused");
  const shown = String(destination.read());
  assert.ok(shown.includes("\u001B[33mWARN"));
  const [line = ""] = ring.lines();
  assert.match(line, /WARN refused {2}token=••• answer=•••$/);
  assert.ok(!line.includes("\u001B"));
});
