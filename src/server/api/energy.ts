import { z } from "zod";
import { flows } from "../../domain/usage-point.ts";
import { confirmed, day, list, usagePoint } from "./fields.ts";
import { seriesRole } from "./statistics.ts";
import { energyWh } from "./values.ts";

const anyway = z.boolean().default(false).describe("Whether what is known to count energy twice is done all the same");

export const applyEnergyBody = z.strictObject({
  ...confirmed,
  digest: z.string().min(1).max(100).describe("Of the review that was shown: anything else changed since is refused"),
  replace: z.array(z.string().min(1).max(255)).max(100).default([]).describe("Ids of the sources to take out"),
  anyway,
});

export const undoEnergyBody = z.strictObject({ ...confirmed, anyway });

const id = z.string().describe("A statistic id of Home Assistant");

/** As Home Assistant stores it. */
const gridSource = z.strictObject({
  type: z.literal("grid"),
  stat_energy_from: id.nullable(),
  stat_energy_to: id.nullable(),
  stat_cost: id.nullable(),
  stat_compensation: id.nullable(),
  entity_energy_price: z.string().nullable(),
  number_energy_price: z.number().nullable(),
  entity_energy_price_export: z.string().nullable(),
  number_energy_price_export: z.number().nullable(),
  cost_adjustment_day: z.number(),
});

const proposal = z.strictObject({
  role: seriesRole,
  statisticId: id,
  name: z.string(),
  from: day.describe("The first day it knows"),
  source: gridSource.loose(),
  state: z
    .enum(["there", "uncosted", "missing", "twice", "waiting"])
    .describe(
      "there: in the dashboard; uncosted: there, without its money; missing: can be added; twice: would count what is counted; waiting: Home Assistant does not hold it yet",
    ),
});

const neighbour = z.strictObject({
  statisticId: id,
  relation: z.enum(["own_total", "same_meter", "stranger"]),
  overlap: z.enum(["twice", "other", "apart", "unknown"]),
  since: day.nullable(),
  comparison: z.strictObject({
    commonDays: z.int(),
    alikeDays: z.int(),
    likeness: z.number().nullable().describe("1: the same; 0: nothing in common"),
    from: day.nullable(),
    to: day.nullable(),
    isSameHouse: z.boolean(),
    ownWh: energyWh,
    otherWh: energyWh,
  }),
});

export const energyAnswer = z.strictObject({
  digest: z.string().describe("To be handed back when it is applied"),
  homeAssistant: z.string().describe("Its version"),
  isSetUp: z.boolean().describe("Whether the dashboard was ever set up"),
  isOldFormat: z.boolean().describe("Whether Home Assistant is of before 2026 and takes none of the proposals"),
  flows: list(
    z.strictObject({
      usagePoint,
      flow: z.enum(flows),
      proposals: list(proposal),
      neighbours: list(neighbour).describe("Other sources of the dashboard, beside what is proposed"),
    }),
  ),
});
export type EnergyAnswer = z.infer<typeof energyAnswer>;

export const energyApplied = z.strictObject({
  added: list(id),
  completed: list(id).describe("Those that were there and get the series of their money"),
  removed: list(id),
  leftOut: list(id).describe("What is missing still, because it would count twice"),
  moneyLost: list(id).describe("Replaced series whose price leaves with them"),
  waiting: list(id).describe("What is missing still, because Home Assistant does not hold it yet"),
  change: z.int().nullable().describe("What can be undone; null: nothing was to be done"),
});
export type EnergyApplied = z.infer<typeof energyApplied>;

export const energyUndone = z.strictObject({
  change: z.int(),
  removed: list(id),
  restored: list(id),
  wasUndone: z.boolean().describe("Whether the dashboard was as before already"),
  isChangedSince: z.boolean().describe("Whether somebody changed it since the bridge did"),
});
export type EnergyUndone = z.infer<typeof energyUndone>;
