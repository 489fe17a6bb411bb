import assert from "node:assert/strict";
import { test } from "node:test";
import { withReleasers } from "../../src/shared/lifecycle.ts";

test("what was opened last is released first, and the result comes through", async () => {
  const order: string[] = [];
  const result = await withReleasers(async (defer) => {
    defer(() => order.push("database"));
    defer(async () => order.push("broker"));
    return 7;
  });
  assert.equal(result, 7);
  assert.deepEqual(order, ["broker", "database"]);
});

test("a failure releases everything, and a failing release stops none of the others", async () => {
  const order: string[] = [];
  await assert.rejects(
    withReleasers(async (defer) => {
      defer(() => order.push("database"));
      defer(() => Promise.reject(new Error("broker gone")));
      throw new Error("first");
    }),
    { message: "first" },
  );
  assert.deepEqual(order, ["database"]);
});
