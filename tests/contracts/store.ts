import type { TestContext } from "node:test";
import type { Store } from "../../src/sync/store.ts";
import { adoptionsContract } from "./store-adoptions.ts";
import { budgetContract } from "./store-budget.ts";
import { daysContract } from "./store-days.ts";
import { manualContract } from "./store-manual.ts";
import { memoryContract } from "./store-memory.ts";
import { offersContract } from "./store-offers.ts";
import { readingsContract } from "./store-readings.ts";
import { seriesContract } from "./store-series.ts";
import { signalsContract } from "./store-signals.ts";
import { statisticsContract } from "./store-statistics.ts";
import { statisticDaysContract } from "./store-statistics-days.ts";
import { usagePointsContract } from "./store-usage-points.ts";
import { viewContract } from "./store-view.ts";

/** Gives a store with nothing in it; released when the test ends. */
export type OpenStore = (t: TestContext) => Promise<Store>;

/** What every implementation of the store does. */
export function storeContract(open: OpenStore): void {
  usagePointsContract(open);
  readingsContract(open);
  daysContract(open);
  memoryContract(open);
  budgetContract(open);
  signalsContract(open);
  statisticsContract(open);
  statisticDaysContract(open);
  seriesContract(open);
  adoptionsContract(open);
  offersContract(open);
  manualContract(open);
  viewContract(open);
}
