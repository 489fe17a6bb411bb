import { lateEventTypes, priceEventTypes, problemEventTypes } from "../payloads/event.ts";
import type { MeterTopics } from "../topics.ts";
import type { Entity } from "./entity.ts";

/** Told once when they happen, and not kept by the broker. */
export const meterEvents = (topics: MeterTopics, { status }: { readonly status: string }): readonly Entity[] => [
  {
    platform: "event",
    key: "problem_event",
    name: { fr: "Problème apparu ou résolu", en: "Problem found or solved" },
    topic: topics.event("problem"),
    unknownWhen: { fr: "avant le premier problème", en: "before the first problem" },
    // The source is away when there is most to tell.
    keys: { event_types: problemEventTypes, availability: [{ topic: status }], icon: "mdi:alert-circle-outline" },
  },
  {
    platform: "event",
    key: "late_event",
    name: { fr: "Retard apparu ou rattrapé", en: "Delay found or made up" },
    topic: topics.event("late"),
    unknownWhen: { fr: "avant le premier retard", en: "before the first delay" },
    keys: { event_types: lateEventTypes, availability: [{ topic: status }], icon: "mdi:clock-alert-outline" },
  },
];

export const priceEvent = (topics: MeterTopics): Entity => ({
  platform: "event",
  key: "price_event",
  name: { fr: "Changement de prix", en: "Price change" },
  topic: topics.event("price"),
  unknownWhen: { fr: "avant le premier changement", en: "before the first change" },
  keys: { enabled_by_default: false, event_types: priceEventTypes, icon: "mdi:cash-sync" },
});
