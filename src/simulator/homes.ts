import type { UsagePointOptions } from "./account.ts";
import { type StepChange, type StepMinutes, sourceOfPower } from "./energy-source.ts";
import { type ClockWindow, householdPower, netOf, solarPower } from "./household.ts";
import type { MeterOptions } from "./meter.ts";
import type { Seed } from "./random.ts";
import { type ColorOf, inventedTempo } from "./tempo-calendar.ts";

/** Ready-made homes. Each is a usage point to put into an account; `meter` overrides what its meter does. */
export interface HomeOptions {
  readonly usagePointId: string;
  readonly seed: Seed;
  readonly name?: string;
  /** Default 2018-08-31. */
  readonly activationDate?: string;
  /** Default 30. */
  readonly minutes?: StepMinutes;
  readonly stepChanges?: readonly StepChange[];
  readonly meter?: Partial<MeterOptions>;
}

const activated = (options: HomeOptions): string => options.activationDate ?? "2018-08-31";
const steps = ({ minutes = 30, stepChanges = [] }: HomeOptions) => ({ minutes, changes: stepChanges });

/** A flat on one price, 6 kVA, heated by gas. */
export function baseHome(options: HomeOptions): UsagePointOptions {
  const subscribedPowerKva = 6;
  const load = householdPower({ seed: options.seed, scale: 0.8, subscribedPowerKva });
  return {
    usagePointId: options.usagePointId,
    name: options.name ?? "Appartement",
    listed: { pricingOption: "BASE" },
    meter: {
      activationDate: activated(options),
      consumption: sourceOfPower(load, steps(options)),
      contract: { subscribedPowerKva, offpeakHours: null },
      ...options.meter,
    },
  };
}

const offPeakWindows: readonly ClockWindow[] = [
  { from: 94, to: 454 },
  { from: 776, to: 896 },
];

/** A house on peak and off-peak prices, 9 kVA, with windows off the half-hour: 01:34–07:34 and 12:56–14:56. */
export function offPeakHome(options: HomeOptions): UsagePointOptions {
  const subscribedPowerKva = 9;
  const load = householdPower({
    seed: options.seed,
    heatingW: 2500,
    waterHeaterW: 2200,
    offPeak: offPeakWindows,
    subscribedPowerKva,
  });
  return {
    usagePointId: options.usagePointId,
    name: options.name ?? "Maison",
    listed: { pricingOption: "HC_HP" },
    meter: {
      activationDate: activated(options),
      consumption: sourceOfPower(load, steps(options)),
      contract: { subscribedPowerKva, offpeakHours: "HC (1H34-7H34;12H56-14H56)" },
      ...options.meter,
    },
  };
}

const tempoWindow: ClockWindow = { from: 1320, to: 360 };

const tempoLoad = (seed: Seed, colorOf: ColorOf, subscribedPowerKva: number) =>
  householdPower({
    seed,
    scale: 1.1,
    heatingW: 2900,
    waterHeaterW: 2400,
    offPeak: [tempoWindow],
    tempo: colorOf,
    subscribedPowerKva,
  });

/** A house on Tempo, 12 kVA, heated by electricity; careful on red days. Without `tempo`, the seed's own calendar. */
export function tempoHome(options: HomeOptions & { readonly tempo?: ColorOf }): UsagePointOptions {
  const subscribedPowerKva = 12;
  const load = tempoLoad(options.seed, options.tempo ?? inventedTempo(options.seed), subscribedPowerKva);
  return {
    usagePointId: options.usagePointId,
    name: options.name ?? "Maison Tempo",
    listed: { pricingOption: "TEMPO" },
    meter: {
      activationDate: activated(options),
      consumption: sourceOfPower(load, steps(options)),
      contract: { subscribedPowerKva, offpeakHours: "HC (22H00-6H00)" },
      ...options.meter,
    },
  };
}

/** The Tempo house with panels on its roof: it draws and injects at one point. */
export function solarHome(
  options: HomeOptions & { readonly tempo?: ColorOf; readonly peakW?: number },
): UsagePointOptions {
  const subscribedPowerKva = 12;
  const { drawn, injected } = netOf(
    tempoLoad(options.seed, options.tempo ?? inventedTempo(options.seed), subscribedPowerKva),
    solarPower({ seed: options.seed, peakW: options.peakW ?? 6000 }),
  );
  const home = tempoHome(options);
  return {
    ...home,
    name: options.name ?? "Maison solaire",
    meter: {
      ...home.meter,
      consumption: sourceOfPower(drawn, steps(options)),
      production: sourceOfPower(injected, steps(options)),
      ...options.meter,
    },
  };
}

/** Panels with a point of their own, which gives no contract. */
export function producerPoint(options: HomeOptions & { readonly peakW?: number }): UsagePointOptions {
  const panels = solarPower({ seed: options.seed, peakW: options.peakW ?? 3000 });
  return {
    usagePointId: options.usagePointId,
    name: options.name ?? "Toiture",
    listed: { pricingOption: null },
    meter: {
      activationDate: activated(options),
      production: sourceOfPower(panels, steps(options)),
      contract: null,
      ...options.meter,
    },
  };
}
