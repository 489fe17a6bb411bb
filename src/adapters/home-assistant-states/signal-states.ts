import { parisTime, parisTimeOrNull } from "../../domain/paris-time.ts";
import { tempoPeriods } from "../../domain/tariff/period.ts";
import { type TempoColor, tempoColors } from "../../domain/tempo.ts";
import type { Text } from "../../shared/language.ts";
import type { EcowattHourValue, EcowattSnapshot, TempoDaySnapshot, TempoSnapshot } from "../../sync/snapshot.ts";
import { binarySensor, type EntityState, type Scope, sensor } from "./state.ts";

export function tempoStates(scope: Scope, tempo: TempoSnapshot): readonly EntityState[] {
  const color = (key: string, name: Text, { date, color, announcedAt }: TempoDaySnapshot): EntityState =>
    sensor(scope, {
      key,
      name,
      value: color,
      isAvailable: tempo.available,
      deviceClass: "enum",
      options: tempoColors,
      icon: "mdi:calendar-today",
      more: { date, timestamp: parisTimeOrNull(announcedAt) },
    });
  const remaining = (key: string, name: Text, which: TempoColor): EntityState =>
    sensor(scope, {
      key: `remaining_${key}`,
      name,
      value: tempo.remaining?.notAnnounced[which] ?? null,
      isAvailable: tempo.available,
      unit: { fr: "jours", en: "days" },
      icon: "mdi:calendar-range",
      more: { season: tempo.season, not_lived: tempo.remaining?.notLived[which] },
    });
  return [
    color("today", { fr: "Couleur du jour", en: "Colour today" }, tempo.today),
    color("tomorrow", { fr: "Couleur de demain", en: "Colour tomorrow" }, tempo.tomorrow),
    remaining("blue", { fr: "Jours bleus restants", en: "Blue days left" }, "BLEU"),
    remaining("white", { fr: "Jours blancs restants", en: "White days left" }, "BLANC"),
    remaining("red", { fr: "Jours rouges restants", en: "Red days left" }, "ROUGE"),
    ...tempoNowStates(scope, tempo),
  ];
}

function tempoNowStates(scope: Scope, { available, today, tomorrow, now }: TempoSnapshot): readonly EntityState[] {
  const shared = { isAvailable: available };
  return [
    sensor(scope, {
      ...shared,
      key: "current_period",
      name: { fr: "Période en cours", en: "Current period" },
      value: now.period,
      deviceClass: "enum",
      options: tempoColors.flatMap((color) => [tempoPeriods[color].hc, tempoPeriods[color].hp]),
      icon: "mdi:calendar-clock",
      more: { color: today.color, date: today.date, off_peak: now.offPeak },
    }),
    binarySensor(scope, {
      ...shared,
      key: "tomorrow_confirmed",
      name: { fr: "Couleur de demain connue", en: "Colour of tomorrow known" },
      value: tomorrow.color !== null,
      icon: "mdi:calendar-check",
    }),
    sensor(scope, {
      ...shared,
      key: "next_change",
      name: { fr: "Début de la couleur suivante", en: "Start of the next colour" },
      value: parisTime(now.nextDayAt),
      deviceClass: "timestamp",
    }),
    binarySensor(scope, {
      ...shared,
      key: "red_season",
      name: { fr: "Saison des jours rouges", en: "Season of red days" },
      value: now.redSeason,
      icon: "mdi:snowflake-alert",
    }),
  ];
}

/** Three days of hours, each of 47 bytes. */
const mostHours = 72;

export function ecowattStates(scope: Scope, ecowatt: EcowattSnapshot): readonly EntityState[] {
  const { current, nextHour, forecast, alert, available } = ecowatt;
  const level = (key: string, name: Text, hour: EcowattHourValue | null, more: object): EntityState =>
    sensor(scope, {
      key,
      name,
      value: hour?.level ?? null,
      isAvailable: available,
      deviceClass: "enum",
      options: ["1", "2", "3"],
      icon: "mdi:transmission-tower",
      more: { hour: parisTimeOrNull(hour?.at ?? null), decarbonised: hour?.decarbonised, ...more },
    });
  return [
    level("current", { fr: "Niveau actuel", en: "Current level" }, current, { message: current?.message }),
    level("next_hour", { fr: "Niveau de l'heure suivante", en: "Level of the next hour" }, nextHour, {
      forecast: forecast.slice(0, mostHours).map((hour) => ({ hour: parisTime(hour.at), level: hour.level })),
    }),
    binarySensor(scope, {
      key: "alert",
      name: { fr: "Alerte", en: "Alert" },
      value: alert,
      isAvailable: available,
      deviceClass: "problem",
    }),
  ];
}
