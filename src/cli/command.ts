import type { LocalDate } from "../domain/units.ts";
import type { Language, Text } from "../shared/language.ts";
import type { DestinationName } from "../sync/exports/destination.ts";

/** Options that every command takes. Undefined: not given. */
export interface CommonArguments {
  readonly language?: Language;
  readonly dataDir?: string;
  readonly optionsPath?: string;
}

export type Command = CommonArguments &
  (
    | { readonly name: "start" | "sync" | "help" | "version" }
    | { readonly name: "status" | "statistics" | "doctor"; readonly json: boolean }
    | { readonly name: "verify"; readonly json: boolean; readonly registers?: string }
    | EnergyCommand
    | AdoptCommand
    | TariffCommand
    | AccessCommand
    | ExportCommand
    | { readonly name: "test-export"; readonly what: DestinationName }
    | { readonly name: "backup"; readonly to?: string }
    | { readonly name: "restore"; readonly what: string; readonly yes: boolean }
    | DemoCommand
  );

export interface ExportCommand {
  readonly name: "export";
  /** Absent: every destination that is set. */
  readonly what?: DestinationName;
  readonly json: boolean;
}

/** A command, or why there is none. */
export type ParsedArguments = Command | { readonly fault: Text };

/** Who may use the page and its API, and what its secrets are sealed under. */
export type AccessCommand =
  | { readonly name: "password"; readonly stdin: boolean }
  | { readonly name: "token"; readonly action: "list"; readonly json: boolean }
  /** `what`: the token's name. */
  | { readonly name: "token"; readonly action: "create" | "revoke"; readonly what: string; readonly json: boolean }
  | { readonly name: "secrets"; readonly action: "rotate" };

export type TariffCommand =
  | { readonly name: "prices"; readonly at?: LocalDate; readonly json: boolean }
  | {
      readonly name: "bill";
      readonly meter?: string;
      readonly month?: string;
      readonly year?: string;
      readonly from?: string;
      readonly to?: string;
      readonly invoice?: string;
      readonly json: boolean;
    }
  | { readonly name: "explain"; readonly at: string; readonly meter?: string; readonly json: boolean }
  | {
      readonly name: "compare";
      readonly meter?: string;
      readonly from?: string;
      readonly to?: string;
      readonly whatIf?: string;
      readonly json: boolean;
    };

export interface EnergyCommand {
  readonly name: "energy";
  readonly action: "show" | "apply" | "undo";
  /** Sources to take out of the dashboard, by their ids. */
  readonly replace: readonly string[];
  /** Also where energy would be counted twice. */
  readonly anyway: boolean;
  readonly yes: boolean;
  readonly json: boolean;
}

export interface AdoptCommand {
  readonly name: "adopt";
  readonly action: "show" | "adopt" | "undo";
  /** The former tool's code, or a statistic id; for undo the number of an adoption. */
  readonly what?: string;
  readonly mode?: "continue" | "copy";
  readonly meter?: string;
  /** The first day that is no longer taken from the series, `YYYY-MM-DD`. */
  readonly until?: string;
  /** Of the ids of MyElectricalData v2, where it was changed. */
  readonly prefix?: string;
  readonly yes: boolean;
  readonly json: boolean;
}

export interface DemoCommand {
  readonly name: "demo";
  /** Recording to play instead of the invented home. */
  readonly play?: string;
  /** Broker to publish to instead of the demo's own. */
  readonly mqtt?: string;
  /** How many times faster than real time the demo's clock runs. */
  readonly speed?: number;
  readonly data?: string;
  readonly port?: number;
}
