import type { Instant, LocalDate } from "./units.ts";

/** As users of today's tools read them in topics and entities. */
export const tempoColors = ["BLEU", "BLANC", "ROUGE"] as const;
export type TempoColor = (typeof tempoColors)[number];

/** The colour of the Tempo day that begins at 06:00 Paris time on `date`. */
export interface TempoDay {
  readonly date: LocalDate;
  readonly color: TempoColor;
  /** When RTE, else the source, last said so; null when neither tells. */
  readonly announcedAt: Instant | null;
}
