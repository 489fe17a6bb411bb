import { type UsagePointId, usagePointId } from "../../domain/units.ts";
import type { Language } from "../../shared/language.ts";
import { shortId } from "../../shared/redaction.ts";
import { isProblemCode, problemWords } from "../problems.ts";
import type { ProblemSnapshot } from "../snapshot.ts";
import type { TaskMemory } from "../store.ts";
import { isStatisticsTask, statisticsTask } from "./outcome.ts";

/** Passing troubles are shown when the first retry failed as well. */
const passing = ["unreachable", "not_ready", "not_stored"];

/** What the statistics' memory means for the user. */
export function statisticsProblems(tasks: ReadonlyMap<string, TaskMemory>, language: Language): ProblemSnapshot[] {
  return [...tasks.values()].flatMap((task) => {
    if (!isStatisticsTask(task.key) || task.failures === 0) return [];
    const found = task.key === statisticsTask ? outageOf(task) : troubleOf(task);
    if (found === null || !isProblemCode(found.code)) return [];
    const { code, usagePoint, meter = usagePoint, detail } = found;
    return [{ code, ...problemWords(language, code, meter, detail), since: task.askedAt, usagePoint }];
  });
}

interface Trouble {
  readonly code: string;
  readonly usagePoint: UsagePointId | null;
  /** How the sentence names the meter, where not by `usagePoint`. */
  readonly meter?: string;
  readonly detail: string | null;
}

function outageOf({ detail, failures }: TaskMemory): Trouble | null {
  const reason = detail?.split(":")[0] ?? "";
  if (passing.includes(reason) && failures < 2) return null;
  return { code: `home_assistant_${reason}`, usagePoint: null, detail: null };
}

/** `statistics:foreign:<statistic id>` and `statistics:<doubt>:<usage point>`. */
function troubleOf({ key, detail }: TaskMemory): Trouble | null {
  const [, code = "", usagePoint = ""] = key.split(":");
  if (code === "foreign") return { code: "foreign_writer", usagePoint: null, detail };
  // A plan that nobody told is no trouble: all energy is in one series, as it should be.
  if (code === "unknown_plan" && !detail) return null;
  // Nothing else is known of that meter: the problem is the settings'.
  if (code === "unknown_usage_point") return { code, usagePoint: null, meter: shortId(usagePoint), detail };
  return { code, usagePoint: usagePointId(usagePoint), detail };
}
