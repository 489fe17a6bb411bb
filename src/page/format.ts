/** Every figure, date and hour that the page shows is written by these. */
export * from "./format/amounts.ts";
export * from "./format/dates.ts";
export * from "./format/hours.ts";
