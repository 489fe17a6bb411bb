import type { ExportKind, StateKind } from "../domain/export-kind.ts";
import type { UsagePointId } from "../domain/units.ts";
import type { Language } from "../shared/language.ts";
import type { LogLevel } from "../shared/log.ts";
import type { LogFormat } from "./options/general.ts";
import type { JeedomUnit } from "./options/jeedom.ts";
import type { MqttExportKind, Qos, StateClassMode } from "./options/mqtt.ts";
import type { MeterLabel } from "./options/other-exports.ts";
import type { CorrectionMode, MetricNameStyle, TempoColorStyle } from "./options/victoriametrics.ts";
import type { TariffPlanConfig } from "./tariff-plans.ts";
import type { TextMap } from "./text-map.ts";

export type { TariffPlanConfig } from "./tariff-plans.ts";

/** All that can be set, checked and deep-frozen. Each part of the program is handed its own slice. */
export interface Config {
  readonly language: Language;
  /** Of energy, days and tariffs, whatever the machine's own. */
  readonly timezone: "Europe/Paris";
  readonly log: { readonly level: LogLevel; readonly format: LogFormat; readonly language: Language };
  /** Absolute; null leaves the choice to the database launcher. */
  readonly dataDir: string | null;
  readonly gateway: GatewayConfig;
  /** What secrets of the page are sealed under, newest first; null: a file of the data directory. */
  readonly secretKeys: readonly string[] | null;
  /** A null url is the built-in database. */
  readonly database: { readonly url: string | null };
  /** Null when no statistics are written to Home Assistant. */
  readonly homeAssistant: HomeAssistantConfig | null;
  /** The user's word on plans, which passes before the contract's; as written, no two about one meter and day. */
  readonly tariffPlans: readonly TariffPlanConfig[];
  /** Null when nothing is published over MQTT. */
  readonly mqtt: MqttConfig | null;
  /** Secondary destinations; null: nothing is brought there. */
  readonly exports: {
    readonly victoriaMetrics: VictoriaMetricsConfig | null;
    readonly jeedom: JeedomConfig | null;
    /** Current states over Home Assistant's REST API. */
    readonly states: StatesConfig | null;
  };
  /** Null when /metrics does not answer. */
  readonly prometheus: { readonly meterLabel: MeterLabel } | null;
  /** Null when no API is served. */
  readonly server: ServerConfig | null;
  /** Null outside of a Home Assistant app. */
  readonly supervisor: SupervisorConfig | null;
}

export interface ServerConfig {
  /** A name or an address, IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  /** The page's own port, which answers like the other; null where there is none. */
  readonly webPort: number | null;
  readonly supervisor: SupervisorAccess;
  /** As the environment sets it; null leaves it to the first visit. */
  readonly password: string | null;
}

/**
 * Whether Home Assistant's Supervisor, which has checked who asks, is among those who may: `absent` outside of an app;
 * `only` in one, where others are turned away (this machine aside) unless its user opened the API: then `trusted`.
 */
export type SupervisorAccess = "absent" | "trusted" | "only";

export interface SupervisorConfig {
  /** Without a slash at its end. */
  readonly url: string;
  readonly token: string;
  /** What is asked of the Supervisor is then this broker's address and login; null where one is set, or none is wanted. */
  readonly mqtt: Omit<MqttConfig, "url" | "username" | "password"> | null;
}

export interface DestinationConfig<Kind extends string> {
  readonly intervalMinutes: number;
  readonly exportData: readonly Kind[];
}

/** Addresses are without a slash at their end and without credentials. */
export interface VictoriaMetricsConfig extends DestinationConfig<ExportKind> {
  readonly writeUrl: string;
  readonly readUrl: string;
  readonly deleteUrl: string;
  readonly username: string | null;
  readonly password: string | null;
  readonly token: string | null;
  readonly headers: TextMap;
  readonly labels: TextMap;
  readonly deleteAuthKey: string | null;
  readonly metricNames: MetricNameStyle;
  readonly tempoColors: TempoColorStyle;
  readonly corrections: CorrectionMode;
}

export interface JeedomConfig extends DestinationConfig<ExportKind> {
  readonly url: string;
  readonly apiKey: string;
  /** Null: what the box tells. */
  readonly timeZone: string | null;
  readonly unit: JeedomUnit;
  readonly detailDays: number;
}

export interface StatesConfig extends DestinationConfig<StateKind> {
  /** Of Home Assistant's API, `/api` included, without a slash at its end. */
  readonly apiUrl: string;
  readonly token: string;
  readonly viaSupervisor: boolean;
}

export interface GatewayConfig {
  /** Without a slash at its end. */
  readonly url: string;
  /** Null only where `requireCredentials` was false. */
  readonly clientId: string | null;
  readonly clientSecret: string | null;
  /** Empty: all of the account. */
  readonly usagePoints: readonly UsagePointId[];
}

export interface HomeAssistantConfig {
  /** `ws` or `wss`, whole, without credentials. */
  readonly websocketUrl: string;
  readonly token: string;
  /** Through the Supervisor's proxy: the token is then the app's own. */
  readonly viaSupervisor: boolean;
}

export interface MqttConfig {
  /** `mqtt`, `mqtts`, `ws` or `wss`, with its port and without credentials. */
  readonly url: string;
  readonly username: string | null;
  readonly password: string | null;
  /** Without slashes at its ends. */
  readonly topicPrefix: string;
  readonly qos: Qos;
  readonly retain: boolean;
  readonly discovery: { readonly enabled: boolean; readonly prefix: string };
  /** Paths of PEM files. */
  readonly tls: {
    readonly caCert: string | null;
    readonly clientCert: string | null;
    readonly clientKey: string | null;
  };
  readonly exportData: readonly MqttExportKind[];
  readonly stateClass: StateClassMode;
}
