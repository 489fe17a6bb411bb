import { addDays, daysBetween } from "../../domain/calendar.ts";
import type { KnownDay } from "../../domain/day.ts";
import { energySlotsOf } from "../../domain/reconcile.ts";
import { hoursOf } from "../../domain/statistics/hours.ts";
import type { PlanHistory } from "../../domain/tariff/plan.ts";
import { type ColorOn, stretchesOf } from "../../domain/tariff/stretches.ts";
import { type TempoColor, tempoColors } from "../../domain/tempo.ts";
import type { LocalDate, UsagePointId } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import { type MarkedProfile, MonthProfiles, type ProfileStore } from "./month-profiles.ts";
import { type SplitDay, splitDay } from "./split-day.ts";

export interface SplitRequest {
  readonly usagePoint: UsagePointId;
  readonly flow: Flow;
  /** Ascending. */
  readonly days: readonly KnownDay[];
  readonly history: PlanHistory;
  /** What the history was made of: equal texts split alike. */
  readonly said: string;
  readonly colorOn: ColorOn;
}

/** A split day with what it was made of. */
interface RememberedDay extends SplitDay {
  readonly of: number;
  /** Of a day that is spread by habits. */
  readonly mark: string | null;
}

interface RememberedFlow {
  /** With another word, no day that is remembered holds. */
  readonly said: string;
  readonly days: Map<LocalDate, RememberedDay>;
  readonly profiles: MonthProfiles;
}

/** Some 200 bytes each: ten years of both flows of five meters take 8 MB. */
const mostRememberedDays = 40_000;

/** By the store; of each usage point and flow, the one that was asked for last is the last. */
const memories = new WeakMap<object, Map<string, RememberedFlow>>();

/**
 * Each of the days, split as its statistics are. The same years are looked at again and again: a day is split once for its
 * readings, its colours, its plan and the habits it may be spread by.
 */
export async function splitDays(store: ProfileStore, request: SplitRequest): Promise<ReadonlyMap<LocalDate, SplitDay>> {
  const remembered = rememberedFlow(store, request);
  const profileFor = request.days.some(isSpread) ? await remembered.profiles.open(store) : null;
  const outdated: OutdatedDay[] = [];
  for (const day of request.days) {
    const habits = profileFor && isSpread(day) ? await profileFor(day.date) : null;
    const of = factsOf(day, request.colorOn);
    const known = remembered.days.get(day.date);
    if (known?.of !== of || known.mark !== (habits?.mark ?? null)) outdated.push({ date: day.date, of, habits });
  }
  for (const step of stepsOf(outdated)) await splitStep(store, request, step, remembered.days);
  const found = new Map<LocalDate, SplitDay>();
  for (const { date } of request.days) {
    const split = remembered.days.get(date);
    if (split) found.set(date, split);
  }
  return found;
}

const isSpread = ({ quality }: KnownDay): boolean => quality === "estimated";

function rememberedFlow(store: object, { usagePoint, flow, said }: SplitRequest): RememberedFlow {
  const flows = memories.get(store) ?? new Map<string, RememberedFlow>();
  memories.set(store, flows);
  const key = `${usagePoint} ${flow}`;
  const former = flows.get(key);
  const current: RememberedFlow =
    former?.said === said
      ? former
      : { said, days: new Map(), profiles: former?.profiles ?? new MonthProfiles(usagePoint, flow) };
  flows.delete(key);
  let total = 0;
  for (const [position, other] of [...flows].reverse()) {
    total += other.days.size;
    if (total + current.days.size > mostRememberedDays) flows.delete(position);
  }
  flows.set(key, current);
  return current;
}

/** The revision grows whenever readings of the day change, and three colours or none are two bits each. */
const factsOf = ({ date, revision }: KnownDay, colorOn: ColorOn): number =>
  (revision * 4 + bitsOf(colorOn(addDays(date, -1)))) * 4 + bitsOf(colorOn(date));
const bitsOf = (color: TempoColor | undefined): number => (color === undefined ? 0 : tempoColors.indexOf(color) + 1);

interface OutdatedDay {
  readonly date: LocalDate;
  readonly of: number;
  readonly habits: MarkedProfile | null;
}

/** Bounds the memory of one step. */
const daysPerStep = 124;

function* stepsOf(days: readonly OutdatedDay[]): Generator<readonly OutdatedDay[]> {
  let step: OutdatedDay[] = [];
  for (const day of days) {
    const [first] = step;
    if (first && daysBetween(first.date, day.date) >= daysPerStep) {
      yield step;
      step = [];
    }
    step.push(day);
  }
  if (step.length > 0) yield step;
}

async function splitStep(
  store: ProfileStore,
  { usagePoint, flow, history, colorOn }: SplitRequest,
  step: readonly OutdatedDay[],
  into: Map<LocalDate, RememberedDay>,
): Promise<void> {
  const [first, last] = [step[0], step.at(-1)];
  if (!first || !last) return;
  const inputs = await store.loadDayInputs(usagePoint, flow, { from: first.date, to: last.date });
  const inputOn = new Map(inputs.map((input) => [input.date, input]));
  for (const { date, of, habits } of step) {
    const input = inputOn.get(date);
    if (input === undefined) {
      into.delete(date);
      continue;
    }
    const slots = energySlotsOf(input, habits?.profile ?? null);
    const { periods, energies, estimated } = splitDay(hoursOf(slots, stretchesOf(date, history, colorOn)));
    into.set(date, { of, mark: habits?.mark ?? null, periods, energies, estimated });
  }
}
