import type { Projection, Range } from "../../domain/bill/project.ts";
import { toEur } from "../../domain/tariff/price.ts";
import type {
  CostsSnapshot,
  CostValue,
  DayValue,
  EcowattHourValue,
  EcowattSnapshot,
  PeriodValue,
  ProblemSnapshot,
  TariffSnapshot,
  TariffStretch,
  TempoDaySnapshot,
  TempoSnapshot,
} from "../snapshot.ts";
import { eurOrNull, isoOf, isoOrNull, perKwhOrNull } from "./iso.ts";
import type { PreviousYear } from "./previous-year.ts";

/** The parts of a snapshot as answers of the API have them. */

export const dayValueView = (day: DayValue, previousYear: PreviousYear) => ({
  date: day.date,
  energyWh: day.energyWh,
  quality: day.quality,
  changedAt: isoOf(day.changedAt),
  previousYear,
});

export const periodValueView = (value: PeriodValue, previousYear: PreviousYear) => ({
  period: value.period,
  start: value.from,
  through: value.through,
  energyWh: value.energyWh,
  quality: value.quality,
  missingDays: value.missingDays,
  changedAt: isoOf(value.changedAt),
  previousYear,
});

export const costsView = ({ latest, month, year, projection }: CostsSnapshot) => ({
  latest: latest && costView(latest),
  month: month && costView(month),
  year: year && costView(year),
  projection: projection && projectionView(projection),
});

const costView = (cost: CostValue) => ({
  period: cost.period,
  start: cost.from,
  through: cost.through,
  eur: eurOrNull(cost.amount),
  quality: cost.quality,
  missingDays: cost.missingDays,
  unpricedDays: cost.unpricedDays,
  changedAt: isoOf(cost.changedAt),
});

const projectionView = ({ month, knownDays, knownCost, estimatedDays, energy, total }: Projection) => ({
  month,
  knownDays,
  knownEnergyEur: toEur(knownCost),
  estimatedDays,
  energyEur: rangeView(energy),
  totalEur: total && rangeView(total),
});

const rangeView = ({ expected, low, high }: Range) => ({
  expected: toEur(expected),
  low: toEur(low),
  high: toEur(high),
});

export const tariffView = (tariff: TariffSnapshot) => ({
  period: tariff.period,
  offPeak: tariff.offPeak,
  eurPerKwh: perKwhOrNull(tariff.price),
  source: tariff.source && { kind: tariff.source.kind, name: tariff.source.name },
  next: tariff.next && stretchView(tariff.next),
  schedule: tariff.schedule.map(stretchView),
  standingEurPerMonth: eurOrNull(tariff.standing),
});

const stretchView = ({ start, end, period, price }: TariffStretch) => ({
  start: isoOf(start),
  end: isoOf(end),
  period,
  eurPerKwh: perKwhOrNull(price),
});

export const tempoView = (tempo: TempoSnapshot) => ({
  available: tempo.available,
  today: tempoDayView(tempo.today),
  tomorrow: tempoDayView(tempo.tomorrow),
  now: {
    period: tempo.now.period,
    offPeak: tempo.now.offPeak,
    nextDayAt: isoOf(tempo.now.nextDayAt),
    redSeason: tempo.now.redSeason,
  },
  season: tempo.season,
  remaining: tempo.remaining,
  unknownPastDays: tempo.unknownPastDays,
  changedAt: isoOrNull(tempo.changedAt),
});

const tempoDayView = ({ date, color, announcedAt }: TempoDaySnapshot) => ({
  date,
  color,
  announcedAt: isoOrNull(announcedAt),
});

export const ecowattView = ({ available, current, nextHour, forecast, alert, changedAt }: EcowattSnapshot) => ({
  available,
  current: current && { ...hourView(current), message: current.message },
  nextHour: nextHour && hourView(nextHour),
  forecast: forecast.map(hourView),
  alert,
  changedAt: isoOrNull(changedAt),
});

const hourView = ({ at, level, decarbonised }: EcowattHourValue) => ({ at: isoOf(at), level, decarbonised });

export const problemView = ({ code, text: { fr, en }, since, usagePoint }: ProblemSnapshot) => ({
  code,
  fr,
  en,
  since: isoOf(since),
  usagePoint,
});
