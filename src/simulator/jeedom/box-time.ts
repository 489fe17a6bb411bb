import { dayMs, hourMs, type Instant, instant } from "../../domain/units.ts";

/** The clock on the box's wall. */
export interface BoxTime {
  /** `YYYY-MM-DD HH:MM:SS`, without anything that tells the two runs of a repeated hour apart. */
  textAt(at: Instant): string;
  /** Every instant in `(after, upTo]` at which the clock shows `hour`:00:00, ascending. */
  hoursBetween(span: { readonly after: Instant; readonly upTo: Instant }, hour: number): readonly Instant[];
}

/** @throws RangeError for a zone that the platform does not know. */
export function boxTime(zone: string): BoxTime {
  const form = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  const textAt = (at: Instant): string => form.format(at);
  const offsetMs = (at: number): number => Date.parse(`${form.format(at).replace(" ", "T")}Z`) - at;
  return {
    textAt,
    hoursBetween({ after, upTo }, hour) {
      const found: Instant[] = [];
      // A day on either side, because the box's day is not the UTC day.
      for (let day = Math.floor(after / dayMs) - 1; day * dayMs <= upTo + dayMs; day++) {
        const wall = day * dayMs + hour * hourMs;
        const at = wall - offsetMs(wall - offsetMs(wall));
        if (at > after && at <= upTo) found.push(instant(at));
      }
      return found;
    },
  };
}

/** What MySQL takes for a datetime: any other form, and any day that no calendar has, is its error 1292. */
export function isDatetime(text: string): boolean {
  const match = /^(\d{4}-\d\d-\d\d) ([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.exec(text);
  if (!match) return false;
  const date = new Date(`${match[1]}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === match[1];
}
