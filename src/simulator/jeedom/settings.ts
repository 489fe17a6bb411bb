/** Who may use a key: anyone, the white list, the box itself, nobody. */
export type ApiMode = "enable" | "whiteip" | "localhost" | "disable";

/** The API of the core, or the one of a plugin. */
export interface ApiDoor {
  readonly key: string;
  readonly mode: ApiMode;
  /** Only `ping` is left of the JSON-RPC then, and `type=event` of the HTTP API. */
  readonly isRestricted: boolean;
}

export interface BoxUser {
  /** The key that the user's profile shows. */
  readonly hash: string;
  readonly profile: "admin" | "user" | "restrict";
  /** Equipment that a restricted user may read. */
  readonly equipmentIds: readonly number[];
}

/** What the user of the box has set; a test may exchange it at any time. */
export interface BoxSettings {
  readonly core: ApiDoor;
  readonly virtual: ApiDoor;
  readonly users: readonly BoxUser[];
  /** `api::allow::method` and `api::forbidden::method`; null for no rule. */
  readonly allowedMethods: RegExp | null;
  readonly forbiddenMethods: RegExp | null;
  /** `security::whiteips`: never banned. */
  readonly whiteIps: readonly string[];
  /** Whether the plugin "virtual" is there and active. */
  readonly hasVirtual: boolean;
}

/** The core's own defaults, with keys of the length it makes. */
export const defaultSettings: BoxSettings = {
  core: { key: "core".padEnd(64, "c"), mode: "enable", isRestricted: false },
  virtual: { key: "virtual".padEnd(64, "v"), mode: "enable", isRestricted: false },
  users: [],
  allowedMethods: null,
  forbiddenMethods: null,
  whiteIps: ["127.0.0.1", "192.168.*.*", "10.*.*.*", "172.*.*.*"],
  hasVirtual: true,
};

/** `netMatch`: the address, part by part, a star standing for any. */
export const matchesIp = (pattern: string, ip: string): boolean => {
  const parts = ip.split(".");
  const wanted = pattern.split(".");
  return wanted.length === parts.length && wanted.every((part, position) => part === "*" || part === parts[position]);
};
