import { type Tone, tones } from "./tones.ts";

/**
 * What a chart shows, ready written in the reader's language. Energy in kWh, power in kW, money in EUR: the unit of the
 * axis. Null is not known: an empty place, never a zero.
 */
export type ChartModel = BarsModel | LinesModel;

interface AnyModel {
  /** Stands at the axis: `kWh`, `€`, `kW`. */
  readonly unit: string;
  /** As the details and the hidden table write a value. */
  readonly format: (value: number | null) => string;
  /** Lines across all of it: the subscribed power. */
  readonly limits?: readonly { readonly label: string; readonly value: number; readonly tone: Tone }[];
}

/** Amounts per interval. */
export interface BarsModel extends AnyModel {
  readonly kind: "bars";
  readonly bars: readonly Bar[];
}

/** What is told of a bar or a point, besides its values. */
export interface Place {
  readonly key: string;
  /** Short, under the axis: `2 h`, `19`, `nov.` */
  readonly label: string;
  /** Heads the details: `de 2 h à 2 h 30 (heure d'été)`. */
  readonly title: string;
  /** Further lines of the details: price, cost, quality. */
  readonly facts?: readonly Fact[];
}

export interface Fact {
  readonly label: string;
  readonly value: string;
}

export interface Bar extends Place {
  /** From the axis outwards; null is not known. Values below zero go downwards. */
  readonly parts: readonly BarPart[] | null;
  /** The same interval of the year before, beside it; null is not known. Absent: nothing is compared. */
  readonly before?: number | null;
  readonly isCorrected?: boolean;
  /** What the details tell as its sum, where that has a name of its own or is not known. */
  readonly total?: { readonly label: string; readonly value: number | null };
  /** Whether an unknown value is merely still to come: nobody misses it. */
  readonly isPending?: boolean;
}

export interface BarPart {
  readonly tone: Tone;
  readonly label: string;
  readonly value: number;
  /** What of the value is inferred rather than measured; none unless told. */
  readonly estimated?: number;
}

/** Power over time. */
export interface LinesModel extends AnyModel {
  readonly kind: "lines";
  readonly places: readonly Place[];
  readonly lines: readonly Line[];
}

export interface Line {
  readonly tone: Tone;
  readonly label: string;
  /** One for each place. */
  readonly values: readonly (number | null)[];
  /** Places whose value is inferred; none unless told. */
  readonly isEstimated?: (position: number) => boolean;
  /** Whether the value holds for the whole interval; a curve otherwise. */
  readonly isStepped?: boolean;
}

export const placesOf = (model: ChartModel): readonly Place[] => (model.kind === "bars" ? model.bars : model.places);

/** What the key of the chart lists: each tone once, in the order in which it is met. */
export function keyOf(model: ChartModel): { readonly tone: Tone; readonly label: string }[] {
  const all = model.kind === "bars" ? model.bars.flatMap(({ parts }) => parts ?? []) : model.lines;
  const met = new Map<Tone, string>();
  for (const { tone, label } of all) if (!met.has(tone)) met.set(tone, label);
  const key = [...met].map(([tone, label]) => ({ tone, label }));
  // Stacked amounts have one order in every chart, whichever is met first; lines have the one they are given in.
  return model.kind === "bars" ? key.sort((one, other) => tones.indexOf(one.tone) - tones.indexOf(other.tone)) : key;
}

/** What else has to be explained beside the tones. */
export function signsOf(model: ChartModel): {
  estimated: boolean;
  unknown: boolean;
  pending: boolean;
  corrected: boolean;
  before: boolean;
} {
  if (model.kind === "lines") {
    const estimated = model.lines.some(({ values, isEstimated }) => values.some((_, at) => isEstimated?.(at) === true));
    const unknown = model.lines.some(({ values }) => values.includes(null));
    return { estimated, unknown, pending: false, corrected: false, before: false };
  }
  return {
    estimated: model.bars.some(({ parts }) => parts?.some(({ estimated = 0 }) => estimated !== 0)),
    unknown: model.bars.some(({ parts, isPending }) => parts === null && isPending !== true),
    pending: model.bars.some(({ parts, isPending }) => parts === null && isPending === true),
    corrected: model.bars.some(({ isCorrected }) => isCorrected === true),
    before: model.bars.some(({ before }) => before !== undefined && before !== null),
  };
}

/** The sum of a bar; null where it is not known. */
export const totalOf = ({ parts }: Bar): number | null =>
  parts === null ? null : parts.reduce((sum, { value }) => sum + value, 0);

/** The highest and the lowest that is drawn: at least zero is. */
export function extentOf({ bars }: BarsModel): { readonly low: number; readonly high: number } {
  let low = 0;
  let high = 0;
  for (const { parts, before } of bars) {
    const values = (parts ?? []).map(({ value }) => value);
    high = Math.max(
      high,
      before ?? 0,
      values.reduce((sum, value) => sum + Math.max(value, 0), 0),
    );
    low = Math.min(
      low,
      before ?? 0,
      values.reduce((sum, value) => sum + Math.min(value, 0), 0),
    );
  }
  return { low, high };
}
