import { type Instant, minuteMs } from "../../../src/domain/units.ts";
import type { Bar, BarsModel, LinesModel } from "../../../src/page/charts/model.ts";
import { toneOfPeriod } from "../../../src/page/charts/tones.ts";
import { clock, energy, power } from "../../../src/page/format.ts";

/** A month with every state of a day: measured, estimated, corrected, unknown, and a year before. */
export const month: BarsModel = {
  kind: "bars",
  unit: "kWh",
  format: (value) => energy(value === null ? null : Math.round(value * 1000), "fr"),
  bars: Array.from({ length: 30 }, (_, day): Bar => {
    const high = 6 + ((day * 7) % 11) / 2;
    const isEstimated = day === 12 || day === 13;
    return {
      key: String(day + 1),
      label: String(day + 1),
      title: `jour ${day + 1}`,
      parts:
        day === 20
          ? null
          : [
              { tone: toneOfPeriod("hc"), label: "Heures creuses", value: 4, estimated: isEstimated ? 4 : 0 },
              { tone: toneOfPeriod("hp"), label: "Heures pleines", value: high, estimated: isEstimated ? high : 0 },
            ],
      before: day % 5 === 0 ? null : 9,
      isCorrected: day === 7,
      facts: [{ label: "Coût", value: "2,10 €" }],
    };
  }),
};

/** The six periods of Tempo, and what is injected below zero. */
export const tempoDays: BarsModel = {
  kind: "bars",
  unit: "kWh",
  format: (value) => energy(value === null ? null : Math.round(value * 1000), "fr"),
  bars: (["blue", "white", "red"] as const).map(
    (color): Bar => ({
      key: color,
      label: color,
      title: color,
      parts: [
        { tone: toneOfPeriod(`${color}_hc`), label: `${color} HC`, value: 5 },
        { tone: toneOfPeriod(`${color}_hp`), label: `${color} HP`, value: 9 },
        { tone: "production", label: "Production", value: -4 },
      ],
    }),
  ),
};

const midnight = Date.UTC(2026, 9, 24, 22) as Instant;

/** The autumn day: 50 half-hours, two of them named twice. */
export const autumnDay: LinesModel = {
  kind: "lines",
  unit: "kW",
  format: (value) => power(value === null ? null : Math.round(value * 1000), "fr"),
  places: Array.from({ length: 50 }, (_, slot) => {
    const label = clock((midnight + slot * 30 * minuteMs) as Instant, "fr");
    return { key: String(slot), label: label.replace(/ \(.*/, ""), title: label };
  }),
  lines: [
    {
      tone: "power",
      label: "Puissance",
      isStepped: true,
      isEstimated: (slot) => slot > 40,
      values: Array.from({ length: 50 }, (_, slot) => (slot === 30 ? null : 0.4 + ((slot * 13) % 17) / 5)),
    },
  ],
  limits: [{ label: "6 kVA", value: 6, tone: "limit" }],
};
