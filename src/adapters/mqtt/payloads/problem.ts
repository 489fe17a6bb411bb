import { parisTime } from "../../../domain/paris-time.ts";
import type { ProblemSnapshot } from "../../../sync/snapshot.ts";

/** Longest sentence and most sentences shown, so that attributes stay under 4 KB whatever the trouble. */
const longestSentence = 300;
const mostProblems = 5;

export function problemPayload(problem: ProblemSnapshot | null): object {
  return {
    active: problem !== null,
    code: problem?.code ?? null,
    sentence: problem ? shortened(problem.sentence) : null,
    since: problem ? parisTime(problem.since) : null,
  };
}

/** The count is of all of them, even where only the first are listed. */
export function problemsPayload(problems: readonly ProblemSnapshot[]): object {
  return {
    active: problems.length > 0,
    count: problems.length,
    codes: problems.slice(0, mostProblems).map(({ code }) => code),
    sentences: problems.slice(0, mostProblems).map(({ sentence }) => shortened(sentence)),
  };
}

const shortened = (sentence: string): string =>
  sentence.length <= longestSentence ? sentence : `${sentence.slice(0, longestSentence - 1)}…`;
