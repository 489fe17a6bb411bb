import type { PlanDoubt } from "../domain/tariff/plan.ts";
import type { UsagePointId } from "../domain/units.ts";
import type { Language } from "../shared/language.ts";
import { problemSentence } from "../sync/problems.ts";
import { type UnknownPoint, wordsOf } from "../sync/statistics/unknown-points.ts";

/** What is doubtful about the plans of one usage point, a line each. */
export const planWarnings = (
  doubts: readonly PlanDoubt[],
  usagePoint: UsagePointId,
  language: Language,
): readonly string[] =>
  doubts.flatMap((doubt) => {
    const text = "text" in doubt ? doubt.text : null;
    // A plan that nobody told is no trouble: all energy is in one series, as it should be.
    if (doubt.code === "unknown_plan" && text === null) return [];
    return [`⚠ ${problemSentence(doubt.code, language, usagePoint, text)}`];
  });

/** Which meters of the settings nobody knows, a line each. */
export const unknownPointWarnings = (unknown: readonly UnknownPoint[], language: Language): readonly string[] =>
  unknown.map((each) => {
    const { meter, detail } = wordsOf(each);
    return `⚠ ${problemSentence("unknown_usage_point", language, meter, detail)}`;
  });
