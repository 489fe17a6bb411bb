import type { LocalDate } from "../domain/units.ts";
import type { Text } from "../shared/language.ts";

/**
 * A Tempo day begins at 6 in the morning. By night the day in force is yesterday's, and the next one begins this very
 * day: neither is what a reader calls today and tomorrow.
 */
export type TempoWhen = "today" | "tomorrow" | "untilSix" | "fromSix";

export const tempoWhens: Readonly<Record<TempoWhen, Text>> = {
  today: { fr: "Aujourd'hui", en: "Today" },
  tomorrow: { fr: "Demain", en: "Tomorrow" },
  untilSix: { fr: "Jusqu'à 6\u202fh", en: "Until 6:00" },
  fromSix: { fr: "À partir de 6\u202fh", en: "From 6:00 on" },
};

/** What the day in force and the next one are to a reader whose calendar says `today`. */
export const tempoWhensOn = (
  inForce: { readonly date: string },
  today: LocalDate,
): { readonly inForce: TempoWhen; readonly next: TempoWhen } =>
  inForce.date < today ? { inForce: "untilSix", next: "fromSix" } : { inForce: "today", next: "tomorrow" };
