import { addDays, boundsOf, clockOn, dateAt, daysFromTo, localDate, utcDayAt } from "../../src/domain/calendar.ts";
import type { EcowattDay } from "../../src/domain/ecowatt.ts";
import type { TempoDay } from "../../src/domain/tempo.ts";
import { type Instant, instant, type LocalDate, usagePointId } from "../../src/domain/units.ts";
import type { Subject } from "../../src/domain/usage-point.ts";
import { type Candidate, isCounted, subjectOf, taskKeyOf } from "../../src/sync/plan/call.ts";
import { type PlanInput, plan } from "../../src/sync/plan/plan.ts";
import { rhythmOf } from "../../src/sync/plan/rhythm.ts";
import type { Period } from "../../src/sync/source.ts";
import type { DayMemory, StoredUsagePoint, TaskMemory } from "../../src/sync/store.ts";

export const worldPoint = usagePointId("12345678901234");

export interface WorldOptions {
  readonly start: string;
  readonly activation?: string | null;
  readonly hasProduction?: boolean;
  readonly hasConsumption?: boolean;
  /** When the curve of `date` appears, in minutes after midnight of the next day; null: never. */
  /** Tempo is polled twenty times a day: off where it is not the matter. */
  readonly withTempo?: boolean;
  readonly publishedAfter?: (date: LocalDate, subject: Subject) => number | null;
}

/**
 * The plan alone, played against a world in memory: calls are answered by publication times, counted, and watched for
 * runs of seven days without any published one (what the gateway would hide for a day). Nothing is asked of a network.
 */
export class PlanWorld {
  now: Instant;
  readonly calls: { at: Instant; candidate: Candidate }[] = [];
  readonly poisoned: string[] = [];
  readonly memory = new Map<Subject, Map<LocalDate, DayMemory>>();
  readonly tasks = new Map<string, TaskMemory>();
  readonly budget = new Map<string, number>();
  readonly foundAt = new Map<string, Instant>();
  requestedAt: Instant | null = null;
  point: StoredUsagePoint;
  readonly #withTempo: boolean;
  #tempo: TempoDay[] = [];
  #ecowatt: EcowattDay[] = [];
  #lists: Map<Subject, DayMemory[]> = new Map();
  readonly #publishedAfter: (date: LocalDate, subject: Subject) => number | null;
  readonly #activation: LocalDate;

  constructor(options: WorldOptions) {
    this.now = instant(Date.parse(options.start));
    this.#publishedAfter = options.publishedAfter ?? (() => 8 * 60);
    this.#withTempo = options.withTempo ?? false;
    this.#activation = localDate(options.activation ?? "2015-06-01");
    this.point = {
      id: worldPoint,
      account: "cli_test",
      listed: true,
      contractKnown: true,
      problem: null,
      name: "Maison",
      isActive: true,
      hasConsumption: options.hasConsumption ?? true,
      hasProduction: options.hasProduction ?? false,
      activationDate: options.activation === null ? null : this.#activation,
      subscribedPowerKva: 9,
      offpeakHours: null,
      pricingOption: "BASE",
      selectedOfferId: null,
    };
  }

  input(): PlanInput {
    const used = this.budget.get(utcDayAt(this.now));
    if (!this.#withTempo) this.#answerTempo(addDays(dateAt(this.now), 2));
    return {
      now: this.now,
      account: "cli_test",
      credentials: "a1b2",
      rhythm: rhythmOf("6f2c0f0e-0000-4000-8000-000000000001"),
      points: [
        {
          point: this.point,
          memory: this.#lists,
        },
      ],
      tasks: this.tasks,
      budget: used === undefined ? null : { used, allowed: 50 },
      tempo: this.#tempo,
      ecowatt: this.#ecowatt,
      requestedAt: this.requestedAt,
    };
  }

  /** Answers everything that is due, then moves to the next call; until `end`. */
  runUntil(end: string): this {
    const until = Date.parse(end);
    while (this.now < until) {
      const planned = plan(this.input());
      const next = planned.due[0];
      if (next) this.answer(next);
      else this.now = instant(Math.min(until, Math.max(planned.next?.dueAt ?? until, this.now + 1)));
      if (this.calls.length > 200_000) throw new Error("the plan does not come to rest");
    }
    return this;
  }

  isPublished(date: LocalDate, subject: Subject): boolean {
    if (date < this.#activation) return false;
    const after = this.#publishedAfter(date, subject);
    if (after === null) return false;
    const nextDay = addDays(date, 1 + Math.floor(after / 1440));
    return this.now >= clockOn(nextDay, after % 1440);
  }

  answer(candidate: Candidate): void {
    const { call } = candidate;
    this.calls.push({ at: this.now, candidate });
    const day = utcDayAt(this.now);
    if (call.kind === "usage") this.budget.set(day, this.budget.get(day) ?? 0);
    if (isCounted(call)) this.budget.set(day, (this.budget.get(day) ?? 0) + 1);
    const key = taskKeyOf(call);
    const detail = call.kind === "usage_points" ? "cli_test" : null;
    this.tasks.set(key, { key, askedAt: this.now, succeededAt: this.now, failures: 0, retryAt: null, detail });
    const subject = subjectOf(call);
    if (
      call.kind === "curve" &&
      call.route !== "hole" &&
      (call.flow === "consumption" || call.route === "history" || length(call.period) > 7)
    )
      this.#watchRuns(call.period, subject as Subject);
    if (subject !== null && "period" in call) this.#answerDays(subject, call.period);
    if (call.kind === "tempo") this.#answerTempo();
    if (call.kind === "ecowatt") this.#answerEcowatt();
    this.now = instant(this.now + 1000);
  }

  #watchRuns({ from, to }: Period, subject: Subject): void {
    for (let start = from; start <= to; start = addDays(start, 7)) {
      const run = daysFromTo(start, addDays(start, 6)).filter((date) => date <= to);
      if (!run.some((date) => this.isPublished(date, subject)))
        this.poisoned.push(`${subject} ${run[0]}…${run.at(-1)} at ${new Date(this.now).toISOString()}`);
    }
  }

  #answerDays(subject: Subject, period: Period): void {
    const days = this.memory.get(subject) ?? new Map<LocalDate, DayMemory>();
    this.memory.set(subject, days);
    for (const date of daysFromTo(period.from, period.to)) {
      const there = this.isPublished(date, subject);
      const former = days.get(date);
      const has = there || former?.has === "all" ? "all" : "none";
      if (has === "all" && former?.has !== "all") this.foundAt.set(`${subject} ${date}`, this.now);
      days.set(date, {
        date,
        has,
        disagreeingSince: null,
        askedAt: this.now,
        answer: there ? "complete" : "absent",
        tries: there ? 0 : (former?.tries ?? 0) + 1,
      });
    }
    this.#remember(subject, days);
  }

  #remember(subject: Subject, days: ReadonlyMap<LocalDate, DayMemory>): void {
    this.#lists = new Map(this.#lists).set(subject, [...days.values()]);
  }

  #answerTempo(known?: LocalDate): void {
    const today = dateAt(this.now);
    const last = known ?? (this.now >= clockOn(today, 10 * 60 + 45) ? addDays(today, 1) : today);
    if (this.#tempo.at(-1)?.date === last) return;
    this.#tempo = daysFromTo(addDays(today, -400), last).map((date) => ({ date, color: "BLEU", announcedAt: null }));
  }

  #answerEcowatt(): void {
    const today = dateAt(this.now);
    const last = addDays(today, this.now >= clockOn(today, 17 * 60) ? 3 : 2);
    this.#ecowatt = daysFromTo(today, last).map((date) => ({
      date,
      level: 1,
      message: "",
      generatedAt: this.now,
      hours: [{ hour: 0, level: 1, decarbonised: false }],
    }));
  }

  counted(utcDay?: string): number {
    return this.calls.filter(({ at, candidate }) => isCounted(candidate.call) && (!utcDay || utcDayAt(at) === utcDay))
      .length;
  }
}

const length = ({ from, to }: Period) => (boundsOf(to).end - boundsOf(from).start) / 86_400_000;
