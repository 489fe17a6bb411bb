import { TextError } from "../../shared/text-error.ts";
import type { Period } from "../source.ts";

const billRefusalCodes = [
  "no_meter",
  "unknown_meter",
  "several_meters",
  "invalid_month",
  "invalid_year",
  "invalid_season",
  "invalid_day",
  "invalid_moment",
  "no_such_moment",
  "invalid_invoice",
  "invalid_windows",
  "several_spans",
  "half_a_span",
  "backwards",
  "in_the_future",
  "too_long",
  "no_readings",
] as const;
export type BillRefusalCode = (typeof billRefusalCodes)[number];

/** What was asked cannot be answered, and what to ask instead. Codes never change. */
export class BillRefusal extends TextError<BillRefusalCode> {
  override readonly name = "BillRefusal";
}

export const noReadings = ({ from, to }: Period): BillRefusal =>
  new BillRefusal("no_readings", {
    fr: `Aucun relevé n'est connu du ${from} au ${to}.`,
    en: `No reading is known from ${from} to ${to}.`,
  });
