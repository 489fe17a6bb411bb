import type { Failure } from "../../api/failure.ts";
import { FailureLine, Problem } from "../../kit/problem.tsx";
import { t } from "../../language.ts";
import { hrefOf } from "../../navigation.ts";
import { texts } from "./texts.ts";

/** What Home Assistant is in the way of, and where to set it where it is not set. */
export const HomeFailure = ({ failure, onRetry }: { readonly failure: Failure; readonly onRetry: () => void }) =>
  failure.code === "home_assistant_off" ? (
    <Problem
      text={t(failure.text)}
      tone="note"
      action={{ label: t(texts.settings), href: hrefOf("reglages", { partie: "home-assistant" }) }}
    />
  ) : (
    <FailureLine failure={failure} onRetry={onRetry} />
  );
