import { addDays, dateAt, dayNumber, instantsAt } from "../../domain/calendar.ts";
import type { EcowattDay } from "../../domain/ecowatt.ts";
import { dayMs, hourMs } from "../../domain/units.ts";
import type { Clock } from "../../shared/clock.ts";
import { BillRefusal } from "../bill/refusal.ts";
import { readDays } from "../bill/span.ts";
import type { Period } from "../source.ts";
import type { SignalStore } from "../store.ts";
import { isoOf } from "./iso.ts";
import { mostYears } from "./span.ts";

export interface EcowattRequest {
  readonly date?: string | undefined;
  readonly start?: string | undefined;
  readonly end?: string | undefined;
}

/** RTE tells today and the three days after it. */
const forecastDays = 3;

/** The signals of a day or a span; without either, from today on. @throws BillRefusal */
export async function loadEcowattDays(
  { store, clock }: { readonly store: Pick<SignalStore, "loadEcowatt">; readonly clock: Pick<Clock, "now"> },
  asked: EcowattRequest,
) {
  const today = dateAt(clock.now());
  const span = readRequest(asked) ?? { from: today, to: addDays(today, forecastDays) };
  const days = await store.loadEcowatt(span);
  return { start: span.from, end: span.to, days: days.map(dayView) };
}

function readRequest({ date, start, end }: EcowattRequest): Period | null {
  if (date === undefined) return readDays({ from: start, to: end }, mostYears);
  if (start === undefined && end === undefined) return readDays({ from: date, to: date });
  throw new BillRefusal("several_spans", {
    fr: "Donnez un jour, ou un premier et un dernier jour ; pas les deux.",
    en: "Give a day, or a first and a last day; not both.",
  });
}

const dayView = ({ date, level, message, generatedAt, hours }: EcowattDay) => ({
  date,
  level,
  message,
  generatedAt: isoOf(generatedAt),
  hours: hours.flatMap(({ hour, level: ofHour, decarbonised }) => {
    // The hour that no clock shows in spring has no signal.
    const [at] = instantsAt(dayNumber(date) * dayMs + hour * hourMs);
    return at === undefined ? [] : [{ hour, at: isoOf(at), level: ofHour, decarbonised }];
  }),
});
