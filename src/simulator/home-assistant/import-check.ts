import { z } from "zod";
import { type Instant, instant } from "../../domain/units.ts";
import { type DateTime, parseDateTime } from "./date-time.ts";
import { Refusal } from "./refusal.ts";
import type { PartialRow, SeriesMetadata } from "./series.ts";
import { classOf, unitClasses, unitsOf } from "./units.ts";
import type { Rules } from "./version.ts";

/**
 * An import is refused in two ways: `invalid_format` by the schema (keys, types), `home_assistant_error` by the rules
 * that come after it (id, source, unit, timestamp). One bad row refuses the whole call.
 */
const dateTime = z.string().transform((text, context): DateTime => {
  const parsed = parseDateTime(text);
  if (parsed) return parsed;
  context.addIssue({ code: "custom", message: `Invalid datetime specified: ${text}` });
  return z.NEVER;
});

const number = z.number().optional();
const sentRow = z.strictObject({
  start: dateTime,
  state: number,
  sum: number,
  mean: number,
  min: number,
  max: number,
  last_reset: dateTime.nullable().optional(),
});
type SentRow = z.infer<typeof sentRow>;

const always = {
  has_sum: z.boolean(),
  name: z.string().nullable(),
  source: z.string(),
  statistic_id: z.string(),
  unit_of_measurement: z.string().nullable(),
};
const meanType = z.literal([0, 1, 2]);
const unitClass = z.string().nullable();
const sentMetadata = {
  refused: z.strictObject({ ...always, has_mean: z.boolean() }),
  filled_in: z.strictObject({
    ...always,
    has_mean: z.boolean().optional(),
    mean_type: meanType.optional(),
    unit_class: unitClass.optional(),
  }),
  required: z.strictObject({ ...always, mean_type: meanType, unit_class: unitClass }),
} as const;
type SentMetadata = z.infer<(typeof sentMetadata)[keyof typeof sentMetadata]>;

/** Fields of the command besides `id` and `type`. */
export const importFields = ({ newKeys }: Rules) => ({
  metadata: sentMetadata[newKeys],
  stats: z.array(sentRow),
});
export type SentImport = { readonly metadata: SentMetadata; readonly stats: readonly SentRow[] };

const externalId = /^(?!.+__)(?!_)[\da-z_]+(?<!_):(?!_)[\da-z_]+(?<!_)$/;
const entityId = /^(?!.+__)(?!_)[\da-z_]+(?<!_)\.(?!_)[\da-z_]+(?<!_)$/;
export const isExternal = (statisticId: string): boolean => externalId.test(statisticId);

/**
 * Metadata and rows as they will be stored. `warn` hears of keys that had to be filled in.
 * @throws Refusal
 */
export function checkedImport(sent: SentImport, warn: (message: string) => void) {
  const { metadata } = sent;
  checkId(metadata);
  const stored = storedMetadata(metadata, warn);
  checkUnit(stored);
  return { metadata: stored, rows: sent.stats.map(storedRow) };
}

function checkId({ statistic_id, source }: SentMetadata): void {
  const owner = entityId.test(statistic_id) ? "recorder" : statistic_id.split(":")[0];
  if (!entityId.test(statistic_id) && !isExternal(statistic_id))
    throw new Refusal("home_assistant_error", `Invalid statistic_id: ${statistic_id}`);
  if (source !== owner) throw new Refusal("home_assistant_error", `Invalid source: ${source}`);
}

function checkUnit({ unit_class, unit_of_measurement }: SeriesMetadata): void {
  if (unit_class === null) return;
  if (!unitClasses.includes(unit_class))
    throw new Refusal("home_assistant_error", `Unsupported unit_class: '${unit_class}'`);
  if (unit_of_measurement === null || !unitsOf(unit_class).includes(unit_of_measurement)) {
    const unit = `Unsupported unit_of_measurement '${unit_of_measurement}'`;
    throw new Refusal("home_assistant_error", `${unit} for unit_class '${unit_class}'`);
  }
}

function storedMetadata(sent: SentMetadata, warn: (message: string) => void): SeriesMetadata {
  const { statistic_id, source, name, unit_of_measurement, has_sum } = sent;
  const { mean_type, unit_class } = { mean_type: undefined, unit_class: undefined, ...sent };
  for (const [key, value] of Object.entries({ mean_type, unit_class }))
    if (value === undefined) warn(`${statistic_id}: import without ${key}, this will stop working in HA Core 2026.11`);
  const hasMean = "has_mean" in sent && sent.has_mean === true;
  return {
    statistic_id,
    source,
    name,
    unit_of_measurement,
    has_sum,
    mean_type: mean_type ?? (hasMean ? 1 : 0),
    unit_class: unit_class === undefined ? classOf(unit_of_measurement) : unit_class,
  };
}

function storedRow({ start, last_reset, ...values }: SentRow): PartialRow {
  const at = known(start);
  if (!start.isTopOfHour) {
    const rule = "timestamps must be from the top of the hour (minutes and seconds = 0)";
    throw new Refusal("home_assistant_error", `Invalid timestamp: ${rule}`);
  }
  const { state = null, sum = null, mean = null, min = null, max = null } = values;
  return { start: at, state, sum, mean, min, max, last_reset: last_reset ? known(last_reset) : null };
}

function known({ wall, offsetMs }: DateTime): Instant {
  if (offsetMs !== null) return instant(wall - offsetMs);
  throw new Refusal("home_assistant_error", "Naive timestamp: no or invalid timezone info provided");
}
