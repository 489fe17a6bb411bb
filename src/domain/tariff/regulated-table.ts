import type { TariffPeriod } from "./period.ts";
import type { PlanKind } from "./plan.ts";

/** Prices of one plan on one price sheet that hold for some of the subscribed powers. */
interface SheetPrices {
  /** In ten-thousandths of a euro per kWh, taxes included: the sheet prints four decimals. */
  readonly energy: Readonly<Partial<Record<TariffPeriod, number>>>;
  /** Cents a month by subscribed power in kVA, taxes included; null: not known, and the prices hold for any power. */
  readonly standing: Readonly<Record<number, number>> | null;
}

/** What EDF's regulated tariff (Tarif Bleu, residential) costs from a day on, until the next sheet. */
export interface PriceSheet {
  /** `YYYY-MM-DD`, also the date of the sheet that the figures are from. */
  readonly from: string;
  readonly prices: Readonly<Partial<Record<PlanKind, readonly SheetPrices[]>>>;
}

/**
 * Ascending, from the first sheet whose figures are at hand. Of 1 August 2025 the prices are those of the corrected sheet:
 * Base was first printed at its former price. EJP is known of the last sheet alone, and without its standing charges.
 */
export const priceSheets: readonly PriceSheet[] = [
  {
    from: "2023-02-01",
    prices: {
      BASE: [
        {
          energy: { base: 2062 },
          standing: { 3: 913, 6: 1193, 9: 1486, 12: 1788, 15: 2085, 18: 2367, 24: 2982, 30: 3583, 36: 4171 },
        },
      ],
      HC_HP: [
        {
          energy: { hc: 1615, hp: 2228 },
          standing: { 6: 1235, 9: 1603, 12: 1934, 15: 2250, 18: 2558, 24: 3169, 30: 3768, 36: 4242 },
        },
      ],
      TEMPO: [
        {
          energy: { blue_hc: 970, blue_hp: 1249, white_hc: 1140, white_hp: 1508, red_hc: 1216, red_hp: 6712 },
          standing: { 6: 1228, 9: 1533, 12: 1878, 15: 2127, 18: 2398, 30: 3606, 36: 4190 },
        },
      ],
    },
  },
  {
    from: "2023-08-01",
    prices: {
      BASE: [
        {
          energy: { base: 2276 },
          standing: { 3: 947, 6: 1244, 9: 1563, 12: 1889, 15: 2192, 18: 2492, 24: 3160, 30: 3729, 36: 4466 },
        },
      ],
      HC_HP: [
        {
          energy: { hc: 1828, hp: 2460 },
          standing: { 6: 1285, 9: 1655, 12: 1997, 15: 2324, 18: 2648, 24: 3328, 30: 3946, 36: 4464 },
        },
      ],
      TEMPO: [
        {
          energy: { blue_hc: 1056, blue_hp: 1369, white_hc: 1246, white_hp: 1654, red_hc: 1328, red_hp: 7324 },
          standing: { 6: 1280, 9: 1600, 12: 1929, 15: 2230, 18: 2529, 30: 3813, 36: 4428 },
        },
      ],
    },
  },
  {
    from: "2024-02-01",
    prices: {
      BASE: [
        {
          energy: { base: 2516 },
          standing: { 3: 963, 6: 1260, 9: 1579, 12: 1904, 15: 2207, 18: 2509, 24: 3176, 30: 3744, 36: 4482 },
        },
      ],
      HC_HP: [
        {
          energy: { hc: 2068, hp: 2700 },
          standing: { 6: 1301, 9: 1670, 12: 2013, 15: 2340, 18: 2664, 24: 3344, 30: 3963, 36: 4479 },
        },
      ],
      TEMPO: [
        {
          energy: { blue_hc: 1296, blue_hp: 1609, white_hc: 1486, white_hp: 1894, red_hc: 1568, red_hp: 7562 },
          standing: { 6: 1296, 9: 1616, 12: 1944, 15: 2245, 18: 2544, 30: 3829, 36: 4442 },
        },
      ],
    },
  },
  {
    from: "2024-11-01",
    prices: {
      BASE: [
        {
          energy: { base: 2516 },
          standing: { 3: 969, 6: 1268, 9: 1589, 12: 1916, 15: 2207, 18: 2524, 24: 3196, 30: 3768, 36: 4443 },
        },
      ],
      HC_HP: [
        {
          energy: { hc: 2068, hp: 2700 },
          standing: { 6: 1309, 9: 1670, 12: 2028, 15: 2357, 18: 2684, 24: 3370, 30: 3897, 36: 4508 },
        },
      ],
      TEMPO: [
        {
          energy: { blue_hc: 1296, blue_hp: 1609, white_hc: 1486, white_hp: 1894, red_hc: 1568, red_hp: 7562 },
          standing: { 6: 1303, 9: 1625, 12: 1956, 15: 2245, 18: 2560, 30: 3853, 36: 4471 },
        },
      ],
    },
  },
  {
    from: "2025-02-01",
    prices: {
      BASE: [
        {
          energy: { base: 2016 },
          standing: { 3: 1041, 6: 1372, 9: 1727, 12: 2086, 15: 2420, 18: 2739, 24: 3468, 30: 4199, 36: 4839 },
        },
      ],
      HC_HP: [
        {
          energy: { hc: 1696, hp: 2146 },
          standing: { 6: 1404, 9: 1801, 12: 2169, 15: 2516, 18: 2874, 24: 3623, 30: 4196, 36: 4872 },
        },
      ],
      TEMPO: [
        {
          energy: { blue_hc: 1288, blue_hp: 1552, white_hc: 1447, white_hp: 1792, red_hc: 1518, red_hp: 6586 },
          standing: { 6: 1397, 9: 1745, 12: 2096, 15: 2423, 18: 2750, 30: 4127, 36: 4845 },
        },
      ],
    },
  },
  {
    from: "2025-08-01",
    prices: {
      BASE: [
        {
          energy: { base: 1952 },
          standing: { 3: 1173, 6: 1547, 9: 1939, 12: 2332, 15: 2706, 18: 3076, 24: 3879, 30: 4644, 36: 5429 },
        },
      ],
      HC_HP: [
        {
          energy: { hc: 1635, hp: 2081 },
          standing: { 6: 1574, 9: 1981, 12: 2376, 15: 2749, 18: 3134, 24: 3947, 30: 4702, 36: 5461 },
        },
      ],
      TEMPO: [
        {
          energy: { blue_hc: 1232, blue_hp: 1494, white_hc: 1391, white_hp: 1730, red_hc: 1460, red_hp: 6468 },
          standing: { 6: 1550, 9: 1949, 12: 2338, 15: 2701, 18: 3079, 30: 4631, 36: 5443 },
        },
      ],
    },
  },
  {
    from: "2026-02-01",
    prices: {
      BASE: [
        { energy: { base: 1940 }, standing: { 3: 1203, 6: 1565 } },
        { energy: { base: 1927 }, standing: { 9: 1956, 12: 2332, 15: 2684, 18: 3049, 24: 3824, 30: 4537, 36: 5254 } },
      ],
      HC_HP: [
        {
          energy: { hc: 1579, hp: 2065 },
          standing: { 6: 1565, 9: 1956, 12: 2332, 15: 2684, 18: 3049, 24: 3824, 30: 4537, 36: 5254 },
        },
      ],
      TEMPO: [
        {
          energy: { blue_hc: 1325, blue_hp: 1612, white_hc: 1499, white_hp: 1871, red_hc: 1575, red_hp: 7060 },
          standing: { 6: 1559, 9: 1938, 12: 2307, 15: 2647, 18: 3004, 30: 4473, 36: 5242 },
        },
      ],
      EJP: [{ energy: { ejp_normal: 1781, ejp_peak: 3440 }, standing: null }],
    },
  },
];
