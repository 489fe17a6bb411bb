import { z } from "zod";
import { flows } from "../../domain/usage-point.ts";
import { formerTools } from "../../sync/adoption/tools.ts";
import { confirmed, day, instant, largestRowId, list, month, text, usagePoint } from "./fields.ts";
import { seriesRole } from "./statistics.ts";
import { energyWh } from "./values.ts";

const prefix = z
  .stringFormat("prefix", /^[a-z\d]+(_[a-z\d]+)*$/)
  .max(32)
  .describe("What stands before the colon of the ids that MyElectricalData v2 was told to write");

const tool = z.enum(formerTools);
const flow = z.enum(flows);
const mode = z
  .enum(["continue", "copy"])
  .describe("Whether to go on with the former ids, or to copy into the bridge's own");
const id = z.string().describe("A statistic id of Home Assistant");

const request = {
  tool,
  usagePoint,
  flow: flow.default("consumption"),
  mode,
  until: day.nullable().default(null).describe("The last day to take over; null: all of it"),
  prefix: prefix.optional(),
  statisticId: z.string().min(3).max(255).optional().describe("Of a sensor, which no name tells"),
};

export const adoptionQuery = z.strictObject({ prefix: prefix.optional() });
export const previewAdoptionBody = z.strictObject(request);
export const applyAdoptionBody = z.strictObject({ ...request, ...confirmed });
export const undoAdoptionBody = z.strictObject({ ...confirmed, id: z.int().positive().max(largestRowId) });

const kind = z.enum(["energy", "stray", "cost"]);

const seriesFacts = z.strictObject({
  statisticId: id,
  role: seriesRole,
  kind,
  unit: z.string().nullable(),
  hours: z.int(),
  first: day.nullable(),
  last: day.nullable(),
  lastSum: z.number().nullable().describe("In its unit"),
  negativeSteps: list(day).describe("Days on which its sum falls"),
  holes: z.int().describe("Hours missing between the first and the last"),
  dailyBars: z.int().describe("Days of which the tool knew no hours"),
});

const refusedSeries = z.strictObject({
  statisticId: id,
  role: seriesRole,
  kind,
  unit: z.string().nullable(),
  expectedUnits: list(z.string()),
  fault: z.enum(["unit", "no_sum"]).nullable(),
});

const facts = z.strictObject({
  series: list(seriesFacts),
  costs: list(seriesFacts),
  refused: list(refusedSeries).describe("Energy that cannot be taken over"),
  commonDays: z.int().describe("Whole days of the former tool that the bridge knows too"),
  formerWh: energyWh.describe("Wh on those days by the former tool"),
  storeWh: energyWh.describe("Wh on those days by the bridge"),
  isRecent: z.boolean().describe("Whether it may still be at work"),
});

const modes = list(
  z.strictObject({
    mode,
    reason: text.nullable().describe("Why it is not possible"),
    care: text.nullable().describe("What to know when it is"),
  }),
);

const adoption = z.strictObject({
  id: z.int(),
  usagePoint,
  flow,
  tool: z.string(),
  mode,
  at: instant,
  statisticIds: list(id),
  step: z.enum(["saved", "applied", "undoing", "undone"]),
  keepThrough: day.nullable().describe("Days up to this one stay as the former tool wrote them"),
  changedDashboard: z.boolean(),
});

export const adoptionAnswer = z.strictObject({
  found: list(
    z.strictObject({
      tool,
      name: z.string(),
      usagePoint,
      flow,
      isOurs: z.boolean().describe("Whether the meter is one of the bridge's: others are listed only"),
      facts,
      modes,
      adoption: z.int().nullable().describe("The number of the adoption in force"),
      isHalfWritten: z.boolean().describe("Whether that one was broken off: the same request once more finishes it"),
    }),
  ),
  adoptions: list(adoption),
});
export type AdoptionAnswer = z.infer<typeof adoptionAnswer>;

const energies = { formerWh: energyWh, afterWh: energyWh };

export const adoptionPreview = z.strictObject({
  request: z.strictObject({
    tool,
    usagePoint,
    flow,
    mode,
    until: day.nullable(),
    find: z.strictObject({
      prefix: z.string().optional(),
      named: z.strictObject({ statisticId: id, usagePoint, flow }).optional(),
    }),
  }),
  facts,
  modes,
  series: list(
    z.strictObject({
      statisticId: id,
      role: seriesRole,
      unit: z.string(),
      sources: list(id),
      rows: z.int().describe("Rows in Home Assistant now"),
      changedRows: z.int(),
      newRows: z.int(),
      firstChange: instant.nullable(),
    }),
  ),
  span: z.strictObject({ from: day, to: day }).nullable(),
  months: list(z.strictObject({ name: month, ...energies })),
  roles: list(z.strictObject({ name: seriesRole, ...energies })),
  total: z.strictObject(energies),
  added: z
    .strictObject({ days: z.int(), energyWh, isPartial: z.boolean() })
    .describe("Days that the former tool did not have"),
  dashboard: z.strictObject({ replaced: list(id), added: list(id), dropsPrice: z.boolean() }).nullable(),
  until: day.nullable(),
  waitingDays: z.int().describe("Days that are not derived yet: they come on top of all that is told here"),
  earlier: z.int().nullable().describe("The number of the adoption that exists already"),
});
export type AdoptionPreview = z.infer<typeof adoptionPreview>;

const outcome = z.enum(["unchanged", "changed", "changed_by_hand"]);

export const adoptionApplied = z.strictObject({
  adoption,
  wasApplied: z.boolean().describe("Whether an earlier run had applied it, which this one finished"),
  wasHalfWritten: z.boolean(),
  dashboard: z.strictObject({ outcome, replaced: list(id), added: list(id), dropsPrice: z.boolean() }),
});
export type AdoptionApplied = z.infer<typeof adoptionApplied>;

export const adoptionUndone = z.strictObject({
  adoption,
  dashboard: outcome,
  ownSeries: z.enum(["nothing", "written", "next_pass", "not_yet"]),
});
export type AdoptionUndone = z.infer<typeof adoptionUndone>;
