import type { PlanDoubt } from "../domain/tariff/plan.ts";
import type { UsagePointId } from "../domain/units.ts";
import type { Language } from "../shared/language.ts";
import { problemSentence } from "../sync/problems.ts";

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
