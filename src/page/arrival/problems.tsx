import { overview } from "../home.ts";
import { Problem } from "../kit/problem.tsx";
import { t } from "../language.ts";
import { hrefOf } from "../navigation.ts";
import { actionFor } from "./problem-action.ts";

/** Each problem as one line with what can be done about it. */
export function Problems() {
  const problems = overview.value?.bridge.problems ?? [];
  return (
    <>
      {problems.map((problem) => {
        const action = actionFor(problem.code);
        return (
          <Problem
            key={`${problem.code} ${problem.usagePoint}`}
            text={t(problem)}
            {...(action === null
              ? {}
              : { action: { label: t(action.label), href: hrefOf(action.page, action.params) } })}
          />
        );
      })}
    </>
  );
}
