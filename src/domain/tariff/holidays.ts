import { addDays, localDate } from "../calendar.ts";
import type { LocalDate } from "../units.ts";

/** Where two more days are holidays than elsewhere: Bas-Rhin, Haut-Rhin and Moselle. */
export const holidayRegions = ["mainland", "alsace_moselle"] as const;
export type HolidayRegion = (typeof holidayRegions)[number];

/**
 * Code du travail, L3133-1, but for the days that Easter moves. All of them, whether off work or not: the law names them
 * alike.
 */
const fixedDays = ["01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-25"] as const;
/** Easter Monday, Ascension, Whit Monday: the same article. In days after Easter Sunday. */
const afterEaster = [1, 39, 50] as const;
/** Good Friday and 26 December: ordinance of 16 August 1892, kept by the code du travail, L3134-13. */
const alsaceMoselle = { fixed: "12-26", afterEaster: -2 } as const;

/** Whether `date` is a public holiday. Sundays are none of their own account. */
export const isHoliday = (date: LocalDate, region: HolidayRegion): boolean =>
  holidaysOf(Number(date.slice(0, 4)), region).has(date);

/** The public holidays of a year: eleven on the mainland, thirteen in Alsace-Moselle; fewer where two fall together. */
export function holidaysOf(year: number, region: HolidayRegion): ReadonlySet<LocalDate> {
  const key = `${year} ${region}`;
  const known = holidays.get(key) ?? computed(year, region);
  holidays.set(key, known);
  return known;
}

const holidays = new Map<string, ReadonlySet<LocalDate>>();

function computed(year: number, region: HolidayRegion): ReadonlySet<LocalDate> {
  const local = region === "alsace_moselle";
  const easter = easterOf(year);
  const fixed = local ? [...fixedDays, alsaceMoselle.fixed] : fixedDays;
  const moved = local ? [...afterEaster, alsaceMoselle.afterEaster] : afterEaster;
  return new Set([...fixed.map((day) => localDate(`${year}-${day}`)), ...moved.map((days) => addDays(easter, days))]);
}

/**
 * Easter Sunday of the Gregorian calendar, by the anonymous algorithm of 1876 as J. Meeus gives it (Astronomical
 * Algorithms, chapter 8). Only years after 1582 have one here.
 */
export function easterOf(year: number): LocalDate {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const yearOfCentury = year % 100;
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - epact - (yearOfCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
  const days = epact + weekday - 7 * late + 114;
  const month = Math.floor(days / 31);
  return localDate(`${year}-0${month}-${String((days % 31) + 1).padStart(2, "0")}`);
}
