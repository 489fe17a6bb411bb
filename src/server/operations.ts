import type { Backups } from "../sync/backups/backups.ts";
import type { ContributionTaker } from "../sync/contribution/proposal.ts";
import type { ExportPort } from "../sync/diagnostics/exports.ts";
import type { ProgramFacts } from "../sync/diagnostics/report.ts";
import type { ExportMemory } from "../sync/exports/memory.ts";
import type { ManualDeps } from "../sync/manual/day.ts";
import type { AskedRound } from "../sync/pass.ts";
import type { PreviewDeps } from "../sync/plans-editor/preview.ts";

/** What looking after a running installation needs of it, beyond its store. */
export interface OperationsParts {
  /** Null without credentials. */
  readonly planning: ManualDeps["planning"];
  readonly wake: ManualDeps["wake"];
  /** Asks for a synchronisation now, bringing forward what is lacking. */
  readonly request: () => void;
  /** What came of the latest that is over; null before the first. */
  readonly lastAsked: () => AskedRound | null;
  /** Ends this round of the service and begins the next one. */
  readonly restart: () => void;
  /** Null where the store is another process's. */
  readonly backups: Backups | null;
  readonly facts: ProgramFacts;
  /** Destinations in the order in which they are shown. */
  readonly exports: readonly ExportPort[];
  readonly exportLogs: Pick<ExportMemory, "loadExportLogs">;
  /** Reads entries of the option tariff_plans. */
  readonly readPlans: PreviewDeps["readPlans"];
  /** Null without credentials. */
  readonly contributions: ContributionTaker | null;
}
