import { z } from "zod";
import { dateAt } from "../../domain/calendar.ts";
import type { EcowattDay, EcowattHour, EcowattLevel } from "../../domain/ecowatt.ts";
import type { TempoColor, TempoDay } from "../../domain/tempo.ts";
import type { LocalDate } from "../../domain/units.ts";
import type { Answer, Period } from "../../sync/source.ts";
import { noData } from "./failure.ts";
import { isWithin } from "./readings.ts";
import { anything, readDate, readInstant } from "./values.ts";

const colors: Readonly<Record<string, TempoColor>> = { BLUE: "BLEU", WHITE: "BLANC", RED: "ROUGE" };

const tempoItems = z
  .array(z.object({ date: anything, color: anything, updated_at: anything, rte_updated_date: anything }))
  .nullish();

/** Colours from `from` on, in order. A colour that is none of the three is not known, hence absent. */
export function parseTempo(data: unknown, from: LocalDate | null): Answer<readonly TempoDay[]> {
  const days = new Map<LocalDate, TempoDay>();
  for (const item of tempoItems.parse(data) ?? []) {
    const date = readDate(item.date);
    const color = colors[String(item.color).toUpperCase()];
    if (date === null || color === undefined || (from !== null && date < from)) continue;
    days.set(date, { date, color, announcedAt: readInstant(item.rte_updated_date) ?? readInstant(item.updated_at) });
  }
  return answerOfDays(days);
}

const ecowattItems = z
  .array(
    z.object({
      periode: anything,
      dvalue: anything,
      message: z.string().nullish(),
      values: z.array(z.unknown()).nullish(),
      hdebut: z.number().int().nullish(),
      hfin: z.number().int().nullish(),
      generation_datetime: anything,
    }),
  )
  .nullish();

/** The signals of the days asked for, in order. `periode` is the Paris midnight of the day, written in naive UTC. */
export function parseEcowatt(data: unknown, period: Period): Answer<readonly EcowattDay[]> {
  const days = new Map<LocalDate, EcowattDay>();
  for (const item of ecowattItems.parse(data) ?? []) {
    const midnight = readInstant(item.periode);
    const generatedAt = readInstant(item.generation_datetime);
    const level = readLevel(item.dvalue);
    if (midnight === null || generatedAt === null || level === null) continue;
    const date = dateAt(midnight);
    const former = days.get(date);
    if (!isWithin(date, period) || (former && former.generatedAt > generatedAt)) continue;
    const hours = readHours(item.values ?? [], { first: item.hdebut ?? 0, last: item.hfin ?? 23 });
    days.set(date, { date, level: level.level, message: item.message?.trim() ?? "", generatedAt, hours });
  }
  return answerOfDays(days);
}

/** Hours that RTE did not give are filled with 0: only those from `hdebut` to `hfin` say something. */
function readHours(
  values: readonly unknown[],
  { first, last }: { readonly first: number; readonly last: number },
): EcowattHour[] {
  return values.flatMap((value, hour) => {
    const level = readLevel(value);
    return level === null || hour < first || hour > last || hour > 23 ? [] : [{ hour, ...level }];
  });
}

/** RTE's 0 is green, with decarbonised power. */
const levels: ReadonlyMap<unknown, { readonly level: EcowattLevel; readonly decarbonised: boolean }> = new Map([
  [0, { level: 1, decarbonised: true }],
  [1, { level: 1, decarbonised: false }],
  [2, { level: 2, decarbonised: false }],
  [3, { level: 3, decarbonised: false }],
]);

const readLevel = (value: unknown) => levels.get(value) ?? null;

function answerOfDays<T>(days: ReadonlyMap<LocalDate, T>): Answer<readonly T[]> {
  if (days.size === 0) return noData("An empty answer");
  return { outcome: "data", data: [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, day]) => day) };
}
