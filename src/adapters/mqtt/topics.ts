import type { UsagePointId } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";

export const periods = ["daily", "yesterday", "monthly", "yearly"] as const;
export type Period = (typeof periods)[number];

/** What energy costs: of the latest known day, its month, its year, and what this month will. */
const costPeriods = ["daily", "monthly", "yearly", "projected"] as const;
export type CostPeriod = (typeof costPeriods)[number];

/** What is told once when it happens, of a meter. */
export type MeterEvent = "problem" | "late" | "price";

/** The topics under one prefix. They never change: users read them outside Home Assistant too. */
export function topicsUnder(prefix: string) {
  return {
    /** Last will of the bridge: `online` or `offline`. */
    status: `${prefix}/status`,
    bridge: { state: `${prefix}/bridge/state`, sync: `${prefix}/bridge/sync` },
    tempo: {
      today: `${prefix}/tempo/today`,
      tomorrow: `${prefix}/tempo/tomorrow`,
      remaining: `${prefix}/tempo/remaining`,
      now: `${prefix}/tempo/now`,
      event: `${prefix}/tempo/event`,
      status: `${prefix}/tempo/status`,
    },
    ecowatt: {
      current: `${prefix}/ecowatt/current`,
      forecast: `${prefix}/ecowatt/forecast`,
      event: `${prefix}/ecowatt/event`,
      status: `${prefix}/ecowatt/status`,
    },
    meter: (pdl: UsagePointId) => ({
      period: (flow: Flow, period: Period): string => `${prefix}/${pdl}/${flow}/${period}`,
      index: (flow: Flow): string => `${prefix}/${pdl}/${flow}/index`,
      maxPower: `${prefix}/${pdl}/max_power`,
      tariff: { current: `${prefix}/${pdl}/tariff/current`, schedule: `${prefix}/${pdl}/tariff/schedule` },
      cost: (period: CostPeriod): string => `${prefix}/${pdl}/cost/${period}`,
      event: (kind: MeterEvent): string => `${prefix}/${pdl}/event/${kind}`,
      state: `${prefix}/${pdl}/state`,
      status: `${prefix}/${pdl}/status`,
    }),
  };
}
export type Topics = ReturnType<typeof topicsUnder>;
export type MeterTopics = ReturnType<Topics["meter"]>;

/** Device discovery; `scope` is a usage point, `tempo`, `ecowatt` or `bridge`. */
export const discoveryTopic = ({ prefix, scope }: { readonly prefix: string; readonly scope: string }): string =>
  `${prefix}/device/linky_bridge_${scope}/config`;

/** Where Home Assistant says `online` after each start. */
export const birthTopic = (discoveryPrefix: string): string => `${discoveryPrefix}/status`;
