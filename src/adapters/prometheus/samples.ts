import { boundsOf, utcDayAt } from "../../domain/calendar.ts";
import { toEur } from "../../domain/tariff/price.ts";
import { type TempoColor, tempoColors, tempoDateAt } from "../../domain/tempo.ts";
import { dayMs, hourMs, type Instant, type LocalDate, type UsagePointId } from "../../domain/units.ts";
import type { CostValue, FlowSnapshot, Snapshot, UsagePointSnapshot } from "../../sync/snapshot.ts";
import { type PdlMode, pdlLabels } from "./pdl-labels.ts";
import type { LabelName, MetricName } from "./reference.ts";
import type { FlowFacts, TaskName, TaskTimes } from "./source.ts";

export interface Sample {
  readonly name: MetricName;
  readonly labels: Readonly<Partial<Record<LabelName, string>>>;
  readonly value: number;
}

/** A snapshot, and when it was shown. */
export interface Shown {
  readonly snapshot: Snapshot;
  readonly shownAt: Instant;
}

/** A day that ended longer ago is history, and no current value. Enedis is often a day late, and seldom three. */
export const staleAfterMs = 3 * dayMs;

/**
 * What the meters, Tempo and EcoWatt are at `now`, out of the last snapshot, which may be old: what it does not tell of
 * `now` is left out.
 */
export function snapshotSamples(shown: Shown, now: Instant, mode: PdlMode): readonly Sample[] {
  const { snapshot } = shown;
  const labels = pdlLabels(snapshot.usagePoints, mode);
  return [
    ...snapshot.usagePoints.flatMap((point) => meterSamples(point, labels.get(point.id) ?? "", now)),
    ...tempoSamples(snapshot, now),
    ...ecowattSamples(snapshot, now),
    ...budgetSamples(shown, now),
  ];
}

const isFresh = (day: LocalDate, now: Instant): boolean => now - boundsOf(day).end <= staleAfterMs;

function meterSamples({ flows, costs, maxPower }: UsagePointSnapshot, pdl: string, now: Instant): Sample[] {
  return [
    ...flows.flatMap((flow) => flowSamples(flow, pdl, now)),
    ...costSamples(costs.latest, { pdl, type: "daily" }, now),
    ...costSamples(costs.month, { pdl, type: "monthly" }, now),
    ...(maxPower && isFresh(maxPower.date, now)
      ? [{ name: "myelectricaldata_max_power_va", labels: { pdl }, value: maxPower.powerVa } as const]
      : []),
  ];
}

function flowSamples({ flow, latest, month }: FlowSnapshot, pdl: string, now: Instant): Sample[] {
  const name = `myelectricaldata_${flow}_wh` as const;
  const latestAt = { pdl, direction: flow, resolution: "daily" };
  return [
    ...(latest
      ? [
          {
            name: "linky_bridge_data_latest_timestamp_seconds",
            labels: latestAt,
            value: boundsOf(latest.date).end / 1000,
          } as const,
        ]
      : []),
    ...(latest && isFresh(latest.date, now)
      ? [{ name, labels: { pdl, type: "daily" }, value: latest.energyWh } as const]
      : []),
    ...(month && isFresh(month.through, now)
      ? [{ name, labels: { pdl, type: "monthly" }, value: month.energyWh } as const]
      : []),
  ];
}

function costSamples(cost: CostValue | null, labels: Sample["labels"], now: Instant): Sample[] {
  if (cost === null || cost.amount === null || !isFresh(cost.through, now)) return [];
  return [{ name: "myelectricaldata_cost_eur", labels, value: toEur(cost.amount) }];
}

const english: Readonly<Record<TempoColor, string>> = { BLEU: "blue", BLANC: "white", ROUGE: "red" };

function tempoSamples({ tempo }: Snapshot, now: Instant): Sample[] {
  const date = tempoDateAt(now);
  const color = [tempo.today, tempo.tomorrow].find((day) => day.date === date)?.color ?? null;
  const remaining = tempo.today.date === date ? tempo.remaining?.notAnnounced : undefined;
  return [
    ...(color === null
      ? []
      : tempoColors.map(
          (one): Sample => ({
            name: "myelectricaldata_tempo_color",
            labels: { color: english[one] },
            value: Number(one === color),
          }),
        )),
    ...(remaining === undefined
      ? []
      : tempoColors.map(
          (one): Sample => ({
            name: "myelectricaldata_tempo_remaining",
            labels: { color: english[one] },
            value: remaining[one],
          }),
        )),
  ];
}

function ecowattSamples({ ecowatt }: Snapshot, now: Instant): Sample[] {
  const hour = ecowatt.forecast.find(({ at }) => now >= at && now < at + hourMs);
  return hour ? [{ name: "myelectricaldata_ecowatt_level", labels: { region: "france" }, value: hour.level }] : [];
}

/** The quota begins anew with each UTC day. */
function budgetSamples({ snapshot: { bridge }, shownAt }: Shown, now: Instant): Sample[] {
  const isToday = utcDayAt(shownAt) === utcDayAt(now);
  return bridge.budget && isToday
    ? [{ name: "linky_bridge_gateway_quota_remaining", labels: {}, value: bridge.budget.left }]
    : [];
}

/** How far the store knows each flow. */
export const factSamples = (
  flows: readonly FlowFacts[],
  labels: ReadonlyMap<UsagePointId, string>,
): readonly Sample[] =>
  flows.flatMap(({ usagePoint, flow: direction, missing, halfHoursThrough }): Sample[] => {
    const pdl = labels.get(usagePoint);
    if (pdl === undefined) return [];
    const days = { name: "linky_bridge_missing_days" } as const;
    return [
      { ...days, labels: { pdl, direction, resolution: "daily" }, value: missing.daily },
      { ...days, labels: { pdl, direction, resolution: "30min" }, value: missing.halfHours },
      ...(halfHoursThrough === null
        ? []
        : [
            {
              name: "linky_bridge_data_latest_timestamp_seconds",
              labels: { pdl, direction, resolution: "30min" },
              value: halfHoursThrough / 1000,
            } as const,
          ]),
    ];
  });

export const taskSamples = (tasks: ReadonlyMap<TaskName, TaskTimes>): readonly Sample[] =>
  [...tasks].flatMap(([task, { attemptAt, successAt }]): Sample[] => [
    ...(successAt === null
      ? []
      : [{ name: "linky_bridge_last_success_timestamp_seconds", labels: { task }, value: successAt / 1000 } as const]),
    ...(attemptAt === null
      ? []
      : [{ name: "linky_bridge_last_attempt_timestamp_seconds", labels: { task }, value: attemptAt / 1000 } as const]),
  ]);
