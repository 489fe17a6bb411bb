import { z } from "zod";
import type { Instant } from "../../../domain/units.ts";
import { type Call, command } from "../command.ts";
import { instantOf } from "../date-time.ts";
import { readPeriods } from "../period.ts";
import { rowTypes, statisticsDuring } from "../reading.ts";
import { Refusal } from "../refusal.ts";
import type { Series } from "../series.ts";
import { statisticDuring, summaryTypes } from "../summary.ts";
import { unitClasses, unitsOf } from "../units.ts";
import type { World } from "../world.ts";
import { calendarSpan, type PeriodChoice, periodFields, rollingSpan, type Span } from "./span.ts";

/** What is listed of a series. */
const listed = ({ metadata }: Series, { rules }: World) => ({
  statistic_id: metadata.statistic_id,
  source: metadata.source,
  name: metadata.name,
  has_sum: metadata.has_sum,
  mean_type: metadata.mean_type,
  unit_class: metadata.unit_class,
  statistics_unit_of_measurement: metadata.unit_of_measurement,
  display_unit_of_measurement: metadata.unit_of_measurement,
  ...(rules.newKeys === "required" ? {} : { has_mean: metadata.mean_type === 1 }),
});

const units = z
  .strictObject(Object.fromEntries(unitClasses.map((name) => [name, z.literal([...unitsOf(name)]).optional()])))
  .optional();

const part = "recorder";

export const recorderReadCommands = [
  command("recorder/info", { part }, (_message, { world }) => ({
    backlog: world.recorder.queue.length,
    max_backlog: 65_000,
    migration_in_progress: false,
    migration_is_live: false,
    recording: true,
    thread_running: true,
    db_in_default_location: true,
  })),
  command(
    "recorder/list_statistic_ids",
    { part, fields: () => ({ statistic_type: z.enum(["sum", "mean"]).optional() }) },
    ({ statistic_type }, { world }) =>
      [...world.recorder.series.values()]
        .filter(({ metadata }) => statistic_type !== "sum" || metadata.has_sum)
        .filter(({ metadata }) => statistic_type !== "mean" || metadata.mean_type !== 0)
        .map((series) => listed(series, world)),
  ),
  command(
    "recorder/get_statistics_metadata",
    { part, fields: () => ({ statistic_ids: z.array(z.string()).optional() }) },
    ({ statistic_ids }, { world }) =>
      [...world.recorder.series.values()]
        .filter(({ metadata }) => statistic_ids === undefined || statistic_ids.includes(metadata.statistic_id))
        .map((series) => listed(series, world)),
  ),
  command(
    "recorder/statistics_during_period",
    {
      part,
      fields: () => ({
        start_time: z.string(),
        end_time: z.string().optional(),
        statistic_ids: z.array(z.string()).min(1),
        period: z.enum(readPeriods),
        types: z.array(z.enum(rowTypes)).optional(),
        units,
      }),
    },
    (message, { world }) => {
      const from = instantOf(message.start_time, world.zone);
      if (from === null) throw new Refusal("invalid_start_time", "Invalid start_time");
      const before = message.end_time === undefined ? null : endOf(message.end_time, world);
      const { period, types = rowTypes, units = {} } = message;
      const ids = new Set(message.statistic_ids);
      const series = [...world.recorder.series.values()].filter(({ metadata }) => ids.has(metadata.statistic_id));
      return statisticsDuring(series, { from, before, period, types, units }, world.zone);
    },
  ),
  command(
    "recorder/statistic_during_period",
    {
      part,
      fields: () => ({
        statistic_id: z.string(),
        types: z.array(z.enum(summaryTypes)).optional(),
        units,
        ...periodFields,
      }),
    },
    (message, { world }) => {
      const { from, before } = spanOf(message, world);
      const series = world.recorder.series.get(message.statistic_id);
      const { types = summaryTypes, units = {} } = message;
      return series ? statisticDuring(series, { from, before, types, units }) : {};
    },
  ),
  // Only the statistics of entities can have issues, and the entities here have none.
  command("recorder/validate_statistics", { part }, () => ({})),
];

function endOf(text: string, { zone }: World): Instant {
  const before = instantOf(text, zone);
  if (before === null) throw new Refusal("invalid_end_time", "Invalid end_time");
  return before;
}

function spanOf(choice: PeriodChoice, world: Call["world"]): Span {
  const { fixed_period: fixed, calendar, rolling_window: window } = choice;
  if ([fixed, calendar, window].filter((one) => one !== undefined).length > 1)
    throw new Refusal("invalid_format", "two or more values in the same group of exclusion 'period'");
  if (calendar) return calendarSpan(calendar, world.clock.now(), world.zone);
  if (window) return rollingSpan(window, world.clock.now());
  if (!fixed) return { from: null, before: null };
  const from = fixed.start_time === undefined ? null : instantOf(fixed.start_time, world.zone);
  if (fixed.start_time !== undefined && from === null) throw new Refusal("invalid_start_time", "Invalid start_time");
  return { from, before: fixed.end_time === undefined ? null : endOf(fixed.end_time, world) };
}
