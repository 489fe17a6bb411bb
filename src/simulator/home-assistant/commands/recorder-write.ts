import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { type Call, command } from "../command.ts";
import { instantOf } from "../date-time.ts";
import { checkedImport, importFields } from "../import-check.ts";
import { Refusal } from "../refusal.ts";
import { classOf, converter } from "../units.ts";

const unitClass = z.string().nullable();
const admin = { part: "recorder", needsAdmin: true } as const;

export const recorderWriteCommands = [
  command("recorder/import_statistics", { ...admin, fields: importFields }, (message, { world, replied }) => {
    const { recorder, rules, traffic } = world;
    const warn = (text: string): void => {
      if (rules.newKeys === "filled_in") recorder.note("warning", text);
    };
    const { metadata, rows } = checkedImport(message, warn);
    recorder.queueImport(metadata, rows, replied);
    traffic.imported(rows.length);
    return null;
  }),
  command(
    "recorder/clear_statistics",
    { ...admin, fields: () => ({ statistic_ids: z.array(z.string()) }) },
    async ({ statistic_ids }, { world }) => {
      await withinLimit(world.recorder.clear(statistic_ids), "clear_statistics", world);
      return null;
    },
  ),
  command(
    "recorder/update_statistics_metadata",
    {
      ...admin,
      fields: ({ newKeys }) => ({
        statistic_id: z.string(),
        unit_of_measurement: z.string().nullable(),
        unit_class: { refused: z.undefined().optional(), filled_in: unitClass.optional(), required: unitClass }[
          newKeys
        ],
      }),
    },
    async ({ statistic_id, unit_of_measurement, unit_class }, { world }) => {
      const { recorder, rules } = world;
      if (unit_class === undefined && rules.newKeys === "filled_in")
        recorder.note(
          "warning",
          `${statistic_id}: update without unit_class, this will stop working in HA Core 2026.11`,
        );
      const unit = {
        unit_of_measurement,
        unit_class: unit_class === undefined ? classOf(unit_of_measurement) : unit_class,
      };
      await withinLimit(recorder.relabel(statistic_id, unit), "update_statistics_metadata", world);
      return null;
    },
  ),
  command(
    "recorder/adjust_sum_statistics",
    {
      ...admin,
      fields: () => ({
        statistic_id: z.string(),
        start_time: z.string(),
        adjustment: z.number(),
        adjustment_unit_of_measurement: z.string().nullable(),
      }),
    },
    (message, { world, replied }) => {
      const from = instantOf(message.start_time, world.zone);
      if (from === null) throw new Refusal("invalid_start_time", "Invalid start time");
      const metadata = world.recorder.series.get(message.statistic_id)?.metadata;
      if (!metadata) throw new Refusal("unknown_statistic_id", "Unknown statistic ID");
      const { unit_class, unit_of_measurement: to } = metadata;
      const given = message.adjustment_unit_of_measurement;
      if (given !== to && (unit_class === null || classOf(given) !== unit_class))
        throw new Refusal("invalid_units", `Can't convert ${to} to ${given}`);
      const adjustment = converter(unit_class, { from: given, to })(message.adjustment);
      world.recorder.adjust(message.statistic_id, from, adjustment, replied);
      return null;
    },
  ),
  command(
    "recorder/change_statistics_unit",
    {
      ...admin,
      fields: () => ({
        statistic_id: z.string(),
        new_unit_of_measurement: z.string().nullable(),
        old_unit_of_measurement: z.string().nullable(),
      }),
    },
    ({ statistic_id, new_unit_of_measurement: to, old_unit_of_measurement: from }, { world, replied }) => {
      world.recorder.convert(statistic_id, { from, to }, replied);
      return null;
    },
  ),
  command("recorder/update_statistics_issues", admin, () => null),
];

/** The job goes on where the wait for it ends. */
async function withinLimit(done: Promise<void>, what: string, { limits }: Call["world"]): Promise<void> {
  const waited = new AbortController();
  const late = pause(limits.jobMs, true, { signal: waited.signal, ref: false }).catch(() => false);
  const isLate = await Promise.race([late, done.then(() => false)]);
  waited.abort();
  if (isLate) throw new Refusal("timeout", `${what} timed out after ${limits.jobMs / 1_000}s`);
}
