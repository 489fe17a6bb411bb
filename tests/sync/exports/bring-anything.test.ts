import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { dayMs } from "../../../src/domain/units.ts";
import { BringWorld } from "./bring-world.ts";

/** In three months, so few that they are met again. */
const dates = ["2026-09-29", "2026-09-30", "2026-10-01", "2026-10-02", "2026-11-01", "2026-11-02"] as const;
const date = fc.constantFrom(...dates);

/** What may happen between two runs, or to one of them. */
const happening = fc.oneof(
  fc.record({ date, value: fc.nat(3) }).map(
    (put) =>
      async ({ reader }: BringWorld) =>
        reader.put({ [put.date]: put.value }),
  ),
  date.map((gone) => async (world: BringWorld) => {
    // What was written, is not remembered and is then unknown here too, nobody can take back.
    if (world.isInDoubt) await world.run({ isForced: true });
    world.reader.remove(gone);
  }),
  fc.nat(40).map((hours) => async (world: BringWorld) => world.later(hours / 24)),
  fc.record({ isCheck: fc.boolean(), isForced: fc.boolean() }).map((asked) => async (world: BringWorld) => {
    await world.run(asked);
  }),
  fc.nat(2).map((writes) => (world: BringWorld) => runKilled(world, writes)),
  fc.constant(async (world: BringWorld) => {
    world.destination.lose();
    await world.run({ isCheck: true });
  }),
);

/** A run whose process ends when it wants to remember what it wrote after so many writes. */
async function runKilled(world: BringWorld, writes: number): Promise<void> {
  let left = writes;
  world.destination.onWritten = () => {
    world.killBeforeSave = left-- <= 0;
  };
  await world.run().catch((error: unknown) => assert.match(String(error), /killed/));
  world.isInDoubt = true;
  world.destination.onWritten = () => {};
  world.killBeforeSave = false;
}

test("whatever happens in between, the destination ends with exactly what there is", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 40 }), fc.nat(4), async (happenings, pointsPerStep) => {
      const world = new BringWorld();
      world.destination.correctionEveryMs = dayMs;
      world.destination.pointsPerStep = pointsPerStep + 1;
      for (const happen of happenings) await happen(world);
      await world.run({ isForced: true, isCheck: true });
      assert.deepEqual(world.held(), world.wanted());
      assert.deepEqual((await world.run()).calls, []);
    }),
    { numRuns: 1_000 },
  );
});
