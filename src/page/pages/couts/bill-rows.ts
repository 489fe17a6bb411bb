import type { BillAnswer } from "../../../server/api/bill.ts";
import type { Language } from "../../../shared/language.ts";
import { nameOfPeriod } from "../../charts/tones.ts";
import { counted, money, price } from "../../format.ts";
import { say } from "./say.ts";
import { daysSpan } from "./source-words.ts";

export interface BillRow {
  readonly key: string;
  readonly name: string;
  /** Its price or its days. */
  readonly detail: string | null;
  readonly energyWh: number | null;
  readonly eur: number | null;
  /** A part of the line above, whose amount is in that line's. */
  readonly isPart: boolean;
}

/** The lines of the bill, then the standing charge. A line at several prices is followed by its parts. */
export const billRows = (bill: Pick<BillAnswer, "lines" | "standingParts" | "standingEur">, language: Language) => [
  ...bill.lines.flatMap((line) => lineRows(line, language)),
  ...standingRows(bill, language),
];

function lineRows({ period, energyWh, eur, parts, unpricedWh }: BillAnswer["lines"][number], language: Language) {
  const key = period ?? "pending";
  const [only, ...others] = parts;
  const isPlain = only !== undefined && others.length === 0 && unpricedWh === 0;
  const head: BillRow = {
    key,
    name: nameOfPeriod(period)[language],
    detail: isPlain ? price(only.eurPerKwh, language) : null,
    energyWh,
    eur,
    isPart: false,
  };
  if (isPlain || only === undefined) return [head];
  const inside = parts.map(
    (part, position): BillRow => ({
      key: `${key} ${position}`,
      name: price(part.eurPerKwh, language),
      detail: daysSpan(part.firstDay, part.lastDay, language),
      energyWh: part.energyWh,
      eur: part.eur,
      isPart: true,
    }),
  );
  return unpricedWh === 0 ? [head, ...inside] : [head, ...inside, unpricedRow(key, unpricedWh, language)];
}

const unpricedRow = (key: string, energyWh: number, language: Language): BillRow => ({
  key: `${key} unpriced`,
  name: say(language, "sans prix connu", "without a known price"),
  detail: null,
  energyWh,
  eur: null,
  isPart: true,
});

function standingRows(
  { standingParts, standingEur }: Pick<BillAnswer, "standingParts" | "standingEur">,
  language: Language,
): BillRow[] {
  const name = say(language, "Abonnement", "Standing charge");
  const blank = { energyWh: null };
  const [only, ...others] = standingParts;
  const detailOf = ({ eurPerMonth, days }: BillAnswer["standingParts"][number]): string => {
    const monthly = money(eurPerMonth, language);
    const length = counted(days, language === "fr" ? ["jour", "jours"] : ["day", "days"], language);
    const rate = say(language, `${monthly} par mois`, `${monthly} a month`);
    return `${rate}, ${length}`;
  };
  const head = { ...blank, key: "standing", name, detail: null, eur: standingEur, isPart: false };
  if (only === undefined) return [head];
  if (others.length === 0) return [{ ...head, detail: detailOf(only) }];
  return [
    head,
    ...standingParts.map(
      (part, position): BillRow => ({
        ...blank,
        key: `standing ${position}`,
        name: detailOf(part),
        detail: daysSpan(part.firstDay, part.lastDay, language),
        eur: part.eur,
        isPart: true,
      }),
    ),
  ];
}

/** Whole cents, halves away from nothing, as they are written. */
const centsOf = (eur: number): number =>
  Math.sign(eur) * Math.floor(Math.round(Math.abs(eur) * 1_000_000) / 10_000 + 0.5);

/** Whether the lines that are shown do not sum to the total that is shown: each is rounded by itself. */
export function isRounded({ lines, standingEur, totalEur }: Pick<BillAnswer, "lines" | "standingEur" | "totalEur">) {
  if (totalEur === null) return false;
  const shown = [...lines.map(({ eur }) => eur), standingEur];
  return centsOf(totalEur) !== shown.reduce((sum: number, eur) => sum + (eur === null ? 0 : centsOf(eur)), 0);
}
