/**
 * The regulated tariff (EDF "Tarif Bleu"), euro per month and per kWh, taxes included, as EDF's price sheets gave it from
 * 2023 to 2026. It fills the simulated shelf of offers; a bridge has dated prices of its own.
 */
export const soldPowersKva = [6, 9, 12] as const;
export type SoldPowerKva = (typeof soldPowersKva)[number];

type ByPower = Readonly<Record<SoldPowerKva, number>>;

export interface RegulatedPrice {
  readonly from: string;
  readonly subscription: ByPower;
  readonly base?: ByPower;
  readonly hp?: number;
  readonly hc?: number;
  /** Blue, white, red; off-peak before peak. */
  readonly tempo?: readonly [number, number, number, number, number, number];
}

export const regulatedPrices: readonly RegulatedPrice[] = [
  { from: "2023-02-01", subscription: { 6: 11.93, 9: 14.86, 12: 17.88 }, base: { 6: 0.2062, 9: 0.2062, 12: 0.2062 } },
  { from: "2023-02-01", subscription: { 6: 12.35, 9: 16.03, 12: 19.34 }, hp: 0.2228, hc: 0.1615 },
  {
    from: "2023-02-01",
    subscription: { 6: 12.28, 9: 15.33, 12: 18.78 },
    tempo: [0.097, 0.1249, 0.114, 0.1508, 0.1216, 0.6712],
  },
  { from: "2023-08-01", subscription: { 6: 12.44, 9: 15.63, 12: 18.89 }, base: { 6: 0.2276, 9: 0.2276, 12: 0.2276 } },
  { from: "2023-08-01", subscription: { 6: 12.85, 9: 16.55, 12: 19.97 }, hp: 0.246, hc: 0.1828 },
  {
    from: "2023-08-01",
    subscription: { 6: 12.8, 9: 16.0, 12: 19.29 },
    tempo: [0.1056, 0.1369, 0.1246, 0.1654, 0.1328, 0.7324],
  },
  { from: "2024-02-01", subscription: { 6: 12.6, 9: 15.79, 12: 19.04 }, base: { 6: 0.2516, 9: 0.2516, 12: 0.2516 } },
  { from: "2024-02-01", subscription: { 6: 13.01, 9: 16.7, 12: 20.13 }, hp: 0.27, hc: 0.2068 },
  {
    from: "2024-02-01",
    subscription: { 6: 12.96, 9: 16.16, 12: 19.44 },
    tempo: [0.1296, 0.1609, 0.1486, 0.1894, 0.1568, 0.7562],
  },
  { from: "2024-11-01", subscription: { 6: 12.68, 9: 15.89, 12: 19.16 }, base: { 6: 0.2516, 9: 0.2516, 12: 0.2516 } },
  { from: "2024-11-01", subscription: { 6: 13.09, 9: 16.7, 12: 20.28 }, hp: 0.27, hc: 0.2068 },
  {
    from: "2024-11-01",
    subscription: { 6: 13.03, 9: 16.25, 12: 19.56 },
    tempo: [0.1296, 0.1609, 0.1486, 0.1894, 0.1568, 0.7562],
  },
  { from: "2025-02-01", subscription: { 6: 13.72, 9: 17.27, 12: 20.86 }, base: { 6: 0.2016, 9: 0.2016, 12: 0.2016 } },
  { from: "2025-02-01", subscription: { 6: 14.04, 9: 18.01, 12: 21.69 }, hp: 0.2146, hc: 0.1696 },
  {
    from: "2025-02-01",
    subscription: { 6: 13.97, 9: 17.45, 12: 20.96 },
    tempo: [0.1288, 0.1552, 0.1447, 0.1792, 0.1518, 0.6586],
  },
  { from: "2025-08-01", subscription: { 6: 15.47, 9: 19.39, 12: 23.32 }, base: { 6: 0.1952, 9: 0.1952, 12: 0.1952 } },
  { from: "2025-08-01", subscription: { 6: 15.74, 9: 19.81, 12: 23.76 }, hp: 0.2081, hc: 0.1635 },
  {
    from: "2025-08-01",
    subscription: { 6: 15.5, 9: 19.49, 12: 23.38 },
    tempo: [0.1232, 0.1494, 0.1391, 0.173, 0.146, 0.6468],
  },
  { from: "2026-02-01", subscription: { 6: 15.65, 9: 19.56, 12: 23.32 }, base: { 6: 0.194, 9: 0.1927, 12: 0.1927 } },
  { from: "2026-02-01", subscription: { 6: 15.65, 9: 19.56, 12: 23.32 }, hp: 0.2065, hc: 0.1579 },
  {
    from: "2026-02-01",
    subscription: { 6: 15.59, 9: 19.38, 12: 23.07 },
    tempo: [0.1325, 0.1612, 0.1499, 0.1871, 0.1575, 0.706],
  },
];
