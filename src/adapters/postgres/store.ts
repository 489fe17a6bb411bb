import type postgres from "postgres";
import type { Store } from "../../sync/store.ts";
import { createAdoptions } from "./adoptions.ts";
import { createBudget } from "./budget.ts";
import { createContributions } from "./contributions.ts";
import { createDays } from "./days.ts";
import { createInstallation } from "./installation.ts";
import { createLeases } from "./leases.ts";
import { createManual } from "./manual.ts";
import { createMemory } from "./memory.ts";
import { createOffers } from "./offers.ts";
import { createIngesting } from "./readings.ts";
import { createSignals } from "./signals.ts";
import { createStatistics } from "./statistics.ts";
import { createUsagePoints } from "./usage-points.ts";
import { createViews } from "./view.ts";

/** The store on a migrated database, over connections made by `openSql` (instants as milliseconds, dates as text). */
export function createStore(sql: postgres.Sql): Store {
  return {
    ...createUsagePoints(sql),
    ...createIngesting(sql),
    ...createDays(sql),
    ...createMemory(sql),
    ...createBudget(sql),
    ...createLeases(sql),
    ...createSignals(sql),
    ...createInstallation(sql),
    ...createStatistics(sql),
    ...createAdoptions(sql),
    ...createOffers(sql),
    ...createViews(sql),
    ...createContributions(sql),
    ...createManual(sql),
  };
}
