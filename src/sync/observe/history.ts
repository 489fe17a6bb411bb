import { addDays, dateAt, daysBetween } from "../../domain/calendar.ts";
import { flows } from "../../domain/usage-point.ts";
import { historyCallDays } from "../plan/curves.ts";
import { dailyCallDays } from "../plan/dailies.ts";
import { earliestOf, isMeasured, type PlanInput, type PlannedPoint } from "../plan/plan.ts";
import type { UsagePointSnapshot } from "../snapshot.ts";

/**
 * Over curves and daily values: days that hold data, against days that may still bring some. Without the last two, which
 * the morning brings: the history is complete in the evening of the first day, and stays so overnight. Calls are those
 * that days never asked for take where nothing goes wrong.
 */
export function historyOf({ point, memory }: PlannedPoint, input: PlanInput): UsagePointSnapshot["history"] {
  const recent = addDays(dateAt(input.now), -2);
  let [knownDays, wantedDays, remainingCalls] = [0, 0, 0];
  for (const flow of flows) {
    if (!isMeasured(flow, point, input)) continue;
    for (const subject of [`${flow}_curve`, `${flow}_daily`] as const) {
      const earliest = earliestOf(subject, point, input);
      const days = (memory.get(subject) ?? []).filter((day) => day.date >= earliest && day.date < recent);
      const known = days.filter((day) => day.has !== "none").length;
      const inVain = days.filter((day) => day.has === "none" && day.askedAt !== null).length;
      const wanted = Math.max(known, daysBetween(earliest, recent) - inVain);
      knownDays += known;
      wantedDays += wanted;
      remainingCalls += Math.ceil((wanted - known) / (subject.endsWith("_curve") ? historyCallDays : dailyCallDays));
    }
  }
  return { knownDays, wantedDays, remainingCalls };
}
