import type { HolidayRegion } from "../../../domain/tariff/holidays.ts";
import { parseOffPeak } from "../../../domain/tariff/off-peak.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { timeOf } from "../../format.ts";
import { say } from "./say.ts";

export const holidayNames: Readonly<Record<HolidayRegion, Text>> = {
  mainland: { fr: "Ceux de métropole", en: "Those of mainland France" },
  alsace_moselle: { fr: "Ceux d'Alsace-Moselle", en: "Those of Alsace-Moselle" },
};

/** `22 h–6 h`, `1 h 34–7 h 34 et 12 h 56–14 h 56`: the windows of every day; as written where days differ. */
export function windowsText(written: string, language: Language): string {
  const { schedule, leftOver } = parseOffPeak(written);
  const isPlain = /^\d\d:\d\d-\d\d:\d\d(;\d\d:\d\d-\d\d:\d\d)*$/.test(written);
  if (schedule === null || leftOver !== null || !isPlain) return daysText(written, language);
  return written
    .split(";")
    .map((window) =>
      window
        .split("-")
        .map((time) => timeOf(minutesOf(time), language))
        .join("–"),
    )
    .join(say(language, " et ", " and "));
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** Windows per day of the week come as JSON, which nobody should have to read. */
const daysText = (written: string, language: Language): string =>
  written.startsWith("{") ? say(language, "différentes selon le jour", "different by weekday") : written;
