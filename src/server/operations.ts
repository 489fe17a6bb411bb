import type { ManualDeps } from "../sync/manual/day.ts";

/** What looking after a running installation needs of it, beyond its store. */
export interface OperationsParts {
  readonly planning: ManualDeps["planning"];
  readonly wake: ManualDeps["wake"];
}
