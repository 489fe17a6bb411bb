import { addDays, dateAt, nextUtcMidnight } from "../../domain/calendar.ts";
import type { Instant, LocalDate } from "../../domain/units.ts";
import type { Flow, Subject } from "../../domain/usage-point.ts";
import type { Text } from "../../shared/language.ts";
import { loadState } from "../pass.ts";
import { sourceTask, subjectOf, usagePointOf } from "../plan/call.ts";
import { newestAge } from "../plan/dailies.ts";
import { ageOf, daysOf } from "../plan/days.ts";
import { candidatesIn, earliestOf, isMeasured, type PlanInput, type PlannedPoint } from "../plan/plan.ts";
import { morningOf } from "../plan/rhythm.ts";
import type { StoredUsagePoint } from "../store.ts";
import { type AskedDay, type ManualDeps, openPoint } from "./day.ts";
import { type ManualRefusal, refusal } from "./refusal.ts";
import { isVouched, weekBefore, wishFor, wishSubjects, wishTask } from "./wishes.ts";
import { momentText } from "./words.ts";

type Day = Pick<AskedDay, "flow" | "date">;

/** What can be asked of the gateway about a day, or why nothing can. */
export type Askable = { readonly subjects: readonly Subject[] } | { readonly refusal: ManualRefusal };

export function askable(planned: PlannedPoint, { flow, date }: Day, input: PlanInput): Askable {
  const { point } = planned;
  const refused = (code: Parameters<typeof refusal>[0]): Askable => ({ refusal: refusal(code, date) });
  if (date >= dateAt(input.now)) return refused("not_over");
  if (!point.listed || !point.isActive) return refused("not_listed");
  if (!isMeasured(flow, point, input)) return refused("not_measured");
  if ((input.tasks.get(`point:${point.id}`)?.retryAt ?? 0) > input.now) return refused("refused_by_gateway");
  const subjects = subjectsFor(planned, { flow, date }, input);
  if (subjects.length > 0) return { subjects };
  if (point.activationDate !== null && date < point.activationDate) return refused("before_activation");
  if (date < addDays(dateAt(input.now), -1)) return refused("too_old");
  return refused(input.now < morningOf(dateAt(input.now), input.rhythm) ? "not_published" : "nothing_vouches");
}

function subjectsFor({ point, memory }: PlannedPoint, { flow, date }: Day, input: PlanInput): Subject[] {
  const { curve, daily } = wishSubjects[flow];
  const today = dateAt(input.now);
  const age = ageOf(date, today);
  const reaches = (subject: Subject): boolean => date >= earliestOf(subject, point, input);
  const isOut = age > 1 || input.now >= morningOf(today, input.rhythm);
  const days = daysOf(memory.get(curve));
  const isSafe = age > 1 || isVouched(weekBefore(today, earliestOf(curve, point, input)), days);
  const isDailyOut = age >= newestAge(daily);
  return [
    ...(reaches(curve) && isOut && isSafe ? [curve] : []),
    ...(reaches(daily) && isOut && isDailyOut && wantsDaily(memory, { flow, date }) ? [daily] : []),
  ];
}

/** A day whose half-hours agree with its official value costs one call to be asked again, and not two. */
function wantsDaily(memory: PlannedPoint["memory"], { flow, date }: { readonly flow: Flow; readonly date: LocalDate }) {
  const { curve, daily } = wishSubjects[flow];
  const dayOf = (subject: Subject) => memory.get(subject)?.find((day) => day.date === date);
  const known = dayOf(curve);
  return dayOf(daily)?.has !== "all" || known?.has !== "all" || known.disagreeingSince !== null;
}

export interface Wish {
  readonly subjects: readonly Subject[];
  /** When the first of the calls is made, by what is known now. */
  readonly expectedAt: Instant;
  readonly text: Text;
}

/** Has the gateway asked for a day at the next pass, or as soon as it may be. @throws ManualRefusal */
export async function askForDay(deps: ManualDeps, day: AskedDay): Promise<Wish> {
  const { store, planning, clock, account } = deps;
  const point = await openPoint(deps, day.meter);
  if (planning === null) throw refusal("no_credentials", day.date);
  const state = () => loadState({ store, clock, account, ...planning }, null);
  const input = await state();
  const planned = plannedOf(point, day, input);
  const found = askable(planned, day, input);
  if ("refusal" in found) throw found.refusal;
  for (const subject of found.subjects) {
    const key = wishTask(subject, point.id);
    const days = daysOf(planned.memory.get(subject));
    const wish = wishFor(day.date, key, { task: input.tasks.get(key), days, now: input.now });
    if (wish === null) throw refusal("too_many", day.date);
    await store.saveTask(wish);
  }
  deps.wake();
  const after = await state();
  const expectedAt = expectedIn(after, point, found.subjects);
  return { subjects: found.subjects, expectedAt, text: whenText(expectedAt, after) };
}

function plannedOf(point: StoredUsagePoint, { date }: AskedDay, { points }: PlanInput): PlannedPoint {
  const planned = points.find((candidate) => candidate.point.id === point.id);
  // Left out by the option usage_points.
  if (planned === undefined) throw refusal("not_listed", date);
  return planned;
}

function expectedIn(input: PlanInput, point: StoredUsagePoint, subjects: readonly Subject[]): Instant {
  const dues = candidatesIn(input)
    .filter(({ reason, call }) => reason === "wished" && usagePointOf(call) === point.id)
    .filter(({ call }) => subjects.some((subject) => subject === subjectOf(call)))
    .map(({ dueAt }) => dueAt);
  // Another instance may have asked meanwhile.
  return dues.length === 0 ? input.now : dues.reduce((a, b) => (a < b ? a : b));
}

function whenText(expectedAt: Instant, { now, tasks }: PlanInput): Text {
  if (expectedAt <= now)
    return {
      fr: "La passerelle est interrogée au prochain passage, dans un instant.",
      en: "The gateway is asked at the next pass, in a moment.",
    };
  const moment = { fr: momentText(expectedAt, "fr"), en: momentText(expectedAt, "en") };
  if (expectedAt >= nextUtcMidnight(now))
    return {
      fr: `Les appels d'aujourd'hui sont épuisés ou réservés : la passerelle sera interrogée le ${moment.fr}.`,
      en: `Today's calls are used up or kept for later: the gateway will be asked on ${moment.en}.`,
    };
  const isSpared = (tasks.get(sourceTask)?.retryAt ?? 0) > now;
  return isSpared
    ? {
        fr: `La passerelle ne répond pas en ce moment : elle sera interrogée à partir du ${moment.fr}.`,
        en: `The gateway does not answer at the moment: it will be asked from ${moment.en} on.`,
      }
    : {
        fr: `La dernière demande a échoué : la passerelle sera interrogée de nouveau à partir du ${moment.fr}.`,
        en: `The last question failed: the gateway will be asked again from ${moment.en} on.`,
      };
}
