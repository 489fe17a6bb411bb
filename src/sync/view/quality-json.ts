import { toWh, type W, type WattMinutes } from "../../domain/units.ts";
import type { ManualRefusal } from "../manual/refusal.ts";
import type { FormerReading } from "../manual/store.ts";
import { isoOf, isoOrNull } from "./iso.ts";
import type { QualityDay } from "./quality-day.ts";
import { qualityText } from "./quality-words.ts";

/** A day of the calendar of quality as the API tells it. Field names never change. */
export const qualityDayView = (day: QualityDay) => {
  const { known, officialWh } = day;
  const slotsWh = known?.slotsWh ?? null;
  return {
    usagePoint: day.usagePoint,
    flow: day.flow,
    date: day.date,
    state: day.state,
    quality: known?.quality ?? null,
    energyWh: known?.energyWh ?? null,
    officialWh,
    typedWh: day.typedWh,
    slotsWh,
    differenceWh: officialWh === null || slotsWh === null ? null : officialWh - slotsWh,
    minutesPresent: known?.minutesPresent ?? 0,
    minutesExpected: day.minutesExpected,
    changedAt: isoOrNull(known?.changedAt ?? null),
    hours: day.hours.map(({ start, ...hour }) => ({ start: isoOf(start), ...hour })),
    former: day.former.map(formerView),
    formerCount: day.formerCount,
    questions: day.questions.map(({ askedAt, nextAt, ...question }) => ({
      ...question,
      askedAt: isoOrNull(askedAt),
      nextAt: isoOrNull(nextAt),
    })),
    ask:
      "refusal" in day.ask
        ? { ...possibilityView(day.ask.refusal), subjects: [] }
        : { ...possibilityView(null), subjects: [...day.ask.subjects] },
    type: possibilityView(day.typeRefusal),
    ...qualityText(day),
  };
};

const formerView = ({ kind, start, minutes, value, origin, replacedAt }: FormerReading) => ({
  kind,
  start: isoOrNull(start),
  minutes,
  energyWh: minutes === null ? value : toWh(((value as W) * minutes) as WattMinutes),
  origin,
  replacedAt: isoOf(replacedAt),
});

const possibilityView = (refusal: ManualRefusal | null) => ({
  isPossible: refusal === null,
  reason: refusal && { code: refusal.code, ...refusal.text },
});
