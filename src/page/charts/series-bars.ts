import { dateAt } from "../../domain/calendar.ts";
import type { LocalDate } from "../../domain/units.ts";
import type { SeriesAnswer, SeriesBucket } from "../../server/api/series.ts";
import type { Language, Text } from "../../shared/language.ts";
import {
  capitalised,
  clock,
  dayAndMonth,
  dayInFull,
  energy,
  instantOf,
  interval,
  money,
  monthInFull,
  monthShort,
  price,
  weekdayAndDay,
} from "../format.ts";
import type { View } from "../period.ts";
import type { Bar, BarPart, BarsModel, Fact } from "./model.ts";
import { paired } from "./paired.ts";
import { nameOfPeriod, type Tone, toneOfPeriod } from "./tones.ts";

/** What the bars are of. */
export type Measure = "energy" | "money";

export interface SeriesBarsOptions {
  readonly language: Language;
  readonly measure: Measure;
  /** The same span one year before, bucket by bucket; absent: nothing is compared, null: none of it is known. */
  readonly before?: SeriesAnswer | null;
}

/** The steps that show a view well. */
export const stepOfView = {
  jour: "half_hour",
  semaine: "day",
  mois: "day",
  annee: "month",
  total: "year",
} as const satisfies Readonly<Record<View, SeriesAnswer["step"]>>;

/** A series of the API as bars stacked by period, in kWh or EUR. */
export function barsOfSeries(answer: SeriesAnswer, options: SeriesBarsOptions): BarsModel {
  const { language, measure, before } = options;
  const others = paired(answer, before);
  return {
    kind: "bars",
    unit: measure === "energy" ? "kWh" : "€",
    format: (value) =>
      measure === "energy"
        ? energy(value === null ? null : Math.round(value * 1000), language)
        : money(value, language),
    bars: answer.buckets.map((bucket, position): Bar => {
      const other = others[position];
      return {
        ...namesOf(bucket, { step: answer.step, count: answer.buckets.length, language }),
        parts: partsOf(bucket, answer, options),
        facts: factsOf(bucket, options),
        isCorrected: bucket.isCorrected,
        ...(isPending(bucket) ? { isPending: true } : {}),
        ...(before === undefined ? {} : { before: other === undefined ? null : amountOf(other, measure) }),
      };
    }),
  };
}

/** Whether nothing is known of it because it is still to come: a day that should be there counts as missing. */
export const isPending = ({ energyWh, missingDays }: Pick<SeriesBucket, "energyWh" | "missingDays">): boolean =>
  energyWh === null && missingDays === 0;

function amountOf({ energyWh, eur }: SeriesBucket, measure: Measure): number | null {
  if (measure === "money") return eur;
  return energyWh === null ? null : energyWh / 1000;
}

/** What is estimated of a bucket is shown as the same share of each of its periods. */
function partsOf(
  bucket: SeriesBucket,
  { flow }: SeriesAnswer,
  { measure, language }: SeriesBarsOptions,
): BarPart[] | null {
  if (amountOf(bucket, measure) === null || bucket.energyWh === null) return null;
  const share = bucket.energyWh === 0 ? 0 : bucket.estimatedWh / bucket.energyWh;
  const kind: Measure | "production" = flow === "production" && measure === "energy" ? "production" : measure;
  return bucket.periods.flatMap(({ period, energyWh, eur }) => {
    const value = measure === "energy" ? energyWh / 1000 : eur;
    if (value === null) return [];
    const label = kind === "production" ? produced[language] : nameOfPeriod(period)[language];
    return [
      {
        tone: kind === "production" ? ("production" as Tone) : toneOfPeriod(period),
        label,
        value,
        estimated: value * share,
      },
    ];
  });
}

const produced: Text = { fr: "Production", en: "Production" };

const words = {
  energy: { fr: "Énergie", en: "Energy" },
  cost: { fr: "Coût de l'énergie", en: "Energy cost" },
  quality: { fr: "Qualité", en: "Quality" },
  price: { fr: "Prix", en: "Price" },
  meanPrice: { fr: "Prix moyen", en: "Average price" },
  unpriced: { fr: "Sans prix", en: "Without a price" },
  missing: { fr: "Jours manquants", en: "Missing days" },
  pending: { fr: "pas encore reçu", en: "not received yet" },
} as const satisfies Readonly<Record<string, Text>>;

const qualityWords: Readonly<Record<NonNullable<SeriesBucket["quality"]>, Text>> = {
  complete: { fr: "mesuré", en: "measured" },
  estimated: { fr: "estimé d'après la valeur du jour", en: "estimated from the day's value" },
  partial: { fr: "incomplet", en: "incomplete" },
  disagreeing: { fr: "demi-heures et total du jour en désaccord", en: "half-hours and the day's total disagree" },
};

/** Each figure that the bars themselves do not show. */
function factsOf(bucket: SeriesBucket, { language, measure }: SeriesBarsOptions): Fact[] {
  if (isPending(bucket)) return [{ label: words.quality[language], value: words.pending[language] }];
  const other: Fact =
    measure === "energy"
      ? { label: words.cost[language], value: money(bucket.eur, language) }
      : { label: words.energy[language], value: energy(bucket.energyWh, language) };
  const eurPerKwh = priceOf(bucket);
  const priceName = bucket.periods.length > 1 ? words.meanPrice : words.price;
  return [
    other,
    ...(eurPerKwh === null ? [] : [{ label: priceName[language], value: price(eurPerKwh, language) }]),
    ...(bucket.unpricedWh > 0 ? [{ label: words.unpriced[language], value: energy(bucket.unpricedWh, language) }] : []),
    ...(bucket.quality === null
      ? []
      : [{ label: words.quality[language], value: qualityWords[bucket.quality][language] }]),
    ...(bucket.missingDays > 0 ? [{ label: words.missing[language], value: String(bucket.missingDays) }] : []),
  ];
}

/** From here on money that is rounded to a millionth of a euro gives back a price of four decimals, in Wh. */
const leastPricedWh = 20;

/** What a kWh of it cost on average, in EUR/kWh; null where some has no price, or where it is too little to tell. */
export const priceOf = ({ energyWh, eur, unpricedWh }: SeriesBucket): number | null =>
  energyWh === null || eur === null || unpricedWh > 0 || energyWh < leastPricedWh ? null : (eur / energyWh) * 1000;

type Stretch = Pick<SeriesBucket, "key" | "start" | "end">;

interface NamesOptions {
  readonly step: SeriesAnswer["step"];
  /** How many of them stand side by side. */
  readonly count: number;
  readonly language: Language;
}

/** What a stretch of time is called under the axis and at the head of its details. */
export const namesOf = (stretch: Stretch, options: NamesOptions): Pick<Bar, "key" | "label" | "title"> => ({
  key: stretch.key,
  label: labelOf(stretch, options),
  title: capitalised(titleOf(stretch, options)),
});

function labelOf({ key, start }: Stretch, { step, count, language }: NamesOptions): string {
  switch (step) {
    case "half_hour":
    case "hour":
      return clock(instantOf(start), language).replace(/ \(.*\)/, "");
    case "day":
      if (count <= 7) return weekdayAndDay(key as LocalDate, language);
      return count <= 31 ? String(Number(key.slice(8))) : dayAndMonth(key as LocalDate, language);
    case "month":
      return count <= 12 ? monthShort(key, language) : `${monthShort(key, language)} ${key.slice(2, 4)}`;
    case "year":
      return key;
  }
}

function titleOf({ key, start, end }: Stretch, { step, language }: NamesOptions): string {
  switch (step) {
    case "half_hour":
    case "hour": {
      const day = dayInFull(dateAt(instantOf(start)), language);
      return `${day}, ${interval({ start: instantOf(start), end: instantOf(end) }, language)}`;
    }
    case "day":
      return dayInFull(key as LocalDate, language);
    case "month":
      return monthInFull(key, language);
    case "year":
      return key;
  }
}
