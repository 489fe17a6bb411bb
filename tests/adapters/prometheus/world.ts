import { MetricsRecorder } from "../../../src/adapters/prometheus/recorder.ts";
import type { MetricsSource, StoreFacts } from "../../../src/adapters/prometheus/source.ts";
import { usagePointId } from "../../../src/domain/units.ts";
import { SteppedClock } from "../../../src/shared/clock.ts";
import { at } from "../../support/snapshots.ts";

/** The meter of `knownSnapshot`, of which the store knows two years. */
export const facts: StoreFacts = {
  flows: [
    {
      usagePoint: usagePointId("01234567890123"),
      flow: "consumption",
      missing: { daily: 3, halfHours: 7 },
      halfHoursThrough: at("2026-11-19T23:00:00Z"),
      correctedDays: 4,
    },
  ],
  tasks: new Map([
    ["home_assistant", { attemptAt: at("2026-11-21T07:31:00Z"), successAt: at("2026-11-21T07:30:00Z") }],
    ["victoriametrics", { attemptAt: at("2026-11-21T06:00:00Z"), successAt: at("2026-11-21T05:00:00Z") }],
  ]),
};

export interface RecorderWorld {
  readonly recorder: MetricsRecorder;
  readonly clock: SteppedClock;
  readonly source: MetricsSource;
  /** A scrape as `name{label="value"}` to value. */
  scrape(): Promise<ReadonlyMap<string, number>>;
}

/** On 21 November 2026 at 09:00 in Paris, the instant of `knownSnapshot`. */
export function recorderWorld(
  given: Partial<MetricsSource> = {},
  more: Partial<ConstructorParameters<typeof MetricsRecorder>[0]> = {},
): RecorderWorld {
  const clock = new SteppedClock(at("2026-11-21T08:00:00Z"));
  const source: MetricsSource = {
    facts: async () => facts,
    isMqttConnected: () => true,
    destinations: ["victoriametrics", "jeedom"],
    ...given,
  };
  const recorder = new MetricsRecorder({ source, clock, version: "1.2.3", pdlMode: "full", ...more });
  return { recorder, clock, source, scrape: async () => samplesIn(await recorder.write()) };
}

/** The lines of the text format, without comments. */
export function samplesIn(text: string): ReadonlyMap<string, number> {
  const samples = new Map<string, number>();
  for (const line of text.split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    const space = line.lastIndexOf(" ");
    const name = line.slice(0, space);
    if (samples.has(name)) throw new Error(`${name} is there twice`);
    samples.set(name, Number(line.slice(space + 1)));
  }
  return samples;
}
