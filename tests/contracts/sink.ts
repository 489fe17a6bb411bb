import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { Slot } from "../../src/domain/slot.ts";
import type { Sink } from "../../src/sync/snapshot.ts";
import { currentSnapshot } from "../../src/sync/view/current-snapshot.ts";
import { StatisticsWorld } from "../support/statistics-world.ts";
import { slotsOn } from "./store-builders.ts";

/** A sink beside the store that it is fed from, and its destination, seen from its own side. */
export interface FedSink {
  readonly sink: Sink;
  /** Whole Wh of that day at the destination; null where it has none. */
  held(date: string): Promise<number | null>;
  /** How many values or messages the destination was ever sent. */
  sent(): number;
  /** Nobody answers there any more. */
  down(): Promise<void>;
  /** It is there again, where it was. */
  up(): Promise<void>;
  /** Tries again now what would otherwise be tried in some seconds. */
  retry(): Promise<void>;
  /** What is told to the user in French; null for nothing. */
  told(): Promise<string | null>;
}

export type OpenSink = (t: TestContext, world: StatisticsWorld) => Promise<FedSink>;

/**
 * What every sink keeps to, whatever it feeds: a day arrives, nothing is sent twice, a corrected day is corrected, an
 * outage holds nothing up, is told, and is caught up with.
 */
export function sinkContract(name: string, open: OpenSink, { skip = false }: { skip?: false | string } = {}): void {
  test(`${name}: a day arrives once, is corrected, and an outage is told and caught up with`, { skip }, async (t) => {
    const world = await StatisticsWorld.open(t);
    const fed = await open(t, world);
    const pass = async (): Promise<void> => {
      const { store, clock, deps } = world;
      const { account, plans } = deps;
      const told = { store, clock, account, plans, version: "0.0.0", planning: null };
      await fed.sink.publish((await currentSnapshot(told)).snapshot);
      await fed.sink.settle?.();
    };
    const ingest = (date: string, watts: number): Promise<void> => world.ingest(slots(date, watts));

    await ingest("2026-11-19", 500);
    await pass();
    // 24 hours of 500 W.
    assert.equal(await fed.held("2026-11-19"), 12_000, "the first day");
    const first = fed.sent();
    assert.ok(first > 0);
    await pass();
    assert.equal(fed.sent(), first, "a pass without news sends nothing");

    await ingest("2026-11-20", 100);
    await fed.retry();
    await pass();
    assert.equal(await fed.held("2026-11-20"), 2_400, "a new day");

    await ingest("2026-11-20", 50);
    await fed.retry();
    await pass();
    assert.equal(await fed.held("2026-11-20"), 1_200, "a day corrected downwards");
    assert.equal(await fed.told(), null);

    await fed.down();
    await ingest("2026-11-20", 200);
    for (const _ of [1, 2]) {
      await pass();
      await fed.retry();
    }
    assert.notEqual(await fed.told(), null, "an outage that lasts is told");
    await fed.up();
    await fed.retry();
    await pass();
    assert.equal(await fed.held("2026-11-20"), 4_800, "caught up");
    assert.equal(await fed.told(), null, "and over");
    const last = fed.sent();
    await pass();
    assert.equal(fed.sent(), last, "nothing is sent twice");
  });
}

const slots = (date: string, watts: number): readonly Slot[] => slotsOn(date, watts);
