import { type Fact, factsOf, factValue, isNews, keyOf, nothingTold } from "../../sync/changes/facts.ts";
import type { Snapshot } from "../../sync/snapshot.ts";
import { isTariffPublished } from "./devices.ts";
import { eventPayload } from "./payloads/event.ts";
import type { MessageSettings } from "./settings.ts";
import { type Topics, topicsUnder } from "./topics.ts";

/** A fact whose changes are events on a topic. */
export interface Watched {
  readonly fact: Fact;
  readonly topic: string;
}

/** The facts of all that is announced. */
export function watchedIn(snapshot: Snapshot, settings: MessageSettings): readonly Watched[] {
  const topics = topicsUnder(settings.topicPrefix);
  return factsOf(snapshot)
    .filter((fact) => isAnnounced(fact, snapshot, settings))
    .map((fact) => ({ fact, topic: topicOf(fact, topics) }));
}

function isAnnounced(fact: Fact, { usagePoints }: Snapshot, settings: MessageSettings): boolean {
  switch (fact.kind) {
    case "tempo_tomorrow":
      return settings.exportData.includes("tempo");
    case "ecowatt_alert":
      return settings.exportData.includes("ecowatt");
    case "price":
      return usagePoints.some((point) => point.id === fact.usagePoint && isTariffPublished(point, settings));
    case "problem":
    case "late":
      return true;
  }
}

function topicOf(fact: Fact, topics: Topics): string {
  switch (fact.kind) {
    case "tempo_tomorrow":
      return topics.tempo.event;
    case "ecowatt_alert":
      return topics.ecowatt.event;
    case "problem":
    case "late":
    case "price":
      return topics.meter(fact.usagePoint).event(fact.kind);
  }
}

/** What is to be kept of a watched fact, and what is to be published before. */
export interface Change {
  readonly key: string;
  readonly value: string;
  /** Null: the first look at the fact, or a change that is no news. */
  readonly message: { readonly topic: string; readonly payload: string } | null;
}

/** Those of the facts that are not as they were told, in their order. */
export function changesSince(told: ReadonlyMap<string, string>, watched: readonly Watched[]): readonly Change[] {
  return watched.flatMap(({ fact, topic }): Change[] => {
    const key = keyOf(fact);
    const former = told.get(key);
    // Looked at for the first time, it is remembered as not known: what comes to be known later is a change.
    const value = factValue(fact) ?? former ?? nothingTold;
    if (value === former) return [];
    const payload = isNews(fact, former) && former !== undefined ? JSON.stringify(eventPayload(fact, former)) : null;
    return [{ key, value, message: payload === null ? null : { topic, payload } }];
  });
}
