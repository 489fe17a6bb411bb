import type { Clock } from "../../shared/clock.ts";
import type { Text } from "../../shared/language.ts";
import type { SettingsStore, StoredSetting, Vault } from "./store.ts";

/** What was set in the page, by option; and the options whose secret can no longer be read. */
export interface PageSettings {
  readonly values: Readonly<Record<string, unknown>>;
  readonly unreadable: readonly string[];
}

/** What the options are, and what they may be. */
export interface SettingRules {
  readonly isKnown: (key: string) => boolean;
  readonly isSettable: (key: string) => boolean;
  readonly mayHoldSecret: (key: string) => boolean;
  /** Where the environment and the command line leave the page no say. */
  readonly isOverruled: (key: string) => boolean;
  /** Every fault of the whole with these values set in the page, a sentence each. Nothing of it is kept. */
  readonly check: (values: Readonly<Record<string, unknown>>) => readonly Text[];
  /** Every secret that a change would send to a server it was not given for, a sentence each. */
  readonly checkMove: (move: {
    readonly former: Readonly<Record<string, unknown>>;
    readonly next: Readonly<Record<string, unknown>>;
    /** The options that the change gives a value. */
    readonly given: readonly string[];
  }) => readonly Text[];
}

/** Settings that were refused; those in force stay. */
export class SettingsRefusal extends Error {
  override readonly name = "SettingsRefusal";
  readonly code: "unknown_setting" | "not_settable" | "invalid_settings" | "settings_overruled";
  /** A sentence a fault. */
  readonly faults: readonly Text[];
  constructor(code: SettingsRefusal["code"], faults: readonly Text[]) {
    super(faults.map(({ en }) => en).join(" "));
    this.code = code;
    this.faults = faults;
  }
}

export interface Settings {
  load(): Promise<PageSettings>;
  /** What `load` would give after `changes`; nothing is kept. @throws SettingsRefusal */
  draft(changes: Readonly<Record<string, unknown>>): Promise<PageSettings>;
  /**
   * Keeps all of `changes`, or none. Null and empty text take an option's value away, so that the environment's counts
   * again. Whether anything is otherwise than before. @throws SettingsRefusal
   */
  change(changes: Readonly<Record<string, unknown>>, by: string): Promise<boolean>;
  /** Seals every secret anew, under the key in force; how many. */
  reseal(): Promise<{ readonly resealed: number; readonly unreadable: readonly string[] }>;
}

export interface SettingsDeps {
  readonly store: SettingsStore;
  readonly vault: Vault;
  readonly rules: SettingRules;
  readonly clock: Pick<Clock, "now">;
}

export function createSettings({ store, vault, rules, clock }: SettingsDeps): Settings {
  async function load(): Promise<PageSettings> {
    const values: Record<string, unknown> = {};
    const unreadable: string[] = [];
    for (const { key, value, sealed } of await store.loadSettings()) {
      // An option that an update removed, or took away from the page, has no effect any more.
      if (!rules.isKnown(key) || !rules.isSettable(key)) continue;
      if (sealed === null) values[key] = value;
      else {
        const text = await vault.open(key, sealed);
        if (text === null) unreadable.push(key);
        else values[key] = JSON.parse(text);
      }
    }
    return { values, unreadable };
  }

  async function draft(changes: Readonly<Record<string, unknown>>): Promise<PageSettings> {
    refuseStrangers(Object.keys(changes), rules);
    const { values, unreadable } = await load();
    const next = withChanges(values, changes);
    const given = Object.keys(changes).filter((key) => !isNothing(changes[key]));
    const faults = [...rules.check(next)];
    if (faults.length === 0) faults.push(...rules.checkMove({ former: values, next, given }));
    if (faults.length > 0) throw new SettingsRefusal("invalid_settings", faults);
    return { values: next, unreadable: unreadable.filter((key) => !Object.hasOwn(changes, key)) };
  }

  const stored = async (key: string, value: unknown): Promise<StoredSetting> =>
    rules.mayHoldSecret(key)
      ? { key, value: null, sealed: await vault.seal(key, JSON.stringify(value)) }
      : { key, value, sealed: null };

  return {
    load,
    draft,
    async change(changes, by) {
      const { values, unreadable } = await load();
      await draft(changes);
      const differing = Object.entries(changes).filter(
        ([key, value]) =>
          unreadable.includes(key) ||
          JSON.stringify(values[key] ?? null) !== JSON.stringify(isNothing(value) ? null : value),
      );
      if (differing.length === 0) return false;
      const save: StoredSetting[] = [];
      for (const [key, value] of differing) if (!isNothing(value)) save.push(await stored(key, value));
      const remove = differing.filter(([, value]) => isNothing(value)).map(([key]) => key);
      await store.changeSettings({ save, remove, at: clock.now(), by });
      return true;
    },
    async reseal() {
      const unreadable: string[] = [];
      const renewed: { key: string; former: Uint8Array; sealed: Uint8Array }[] = [];
      for (const { key, sealed } of await store.loadSettings()) {
        if (sealed === null) continue;
        const text = await vault.open(key, sealed);
        if (text === null) unreadable.push(key);
        else renewed.push({ key, former: sealed, sealed: await vault.seal(key, text) });
      }
      return { resealed: await store.replaceSealed(renewed), unreadable };
    },
  };
}

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);

function withChanges(
  values: Readonly<Record<string, unknown>>,
  changes: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const next = { ...values, ...changes };
  return Object.fromEntries(Object.entries(next).filter(([, value]) => !isNothing(value)));
}

/** @throws SettingsRefusal */
function refuseStrangers(keys: readonly string[], rules: SettingRules): void {
  const of = (code: SettingsRefusal["code"], strangers: readonly string[], sentence: (key: string) => Text): void => {
    if (strangers.length > 0) throw new SettingsRefusal(code, strangers.map(sentence));
  };
  of(
    "unknown_setting",
    keys.filter((key) => !rules.isKnown(key)),
    (key) => ({
      fr: `${shortened(key)} : ce réglage n'existe pas ; GET /api/settings liste ceux qui existent.`,
      en: `${shortened(key)}: there is no such setting; GET /api/settings lists those there are.`,
    }),
  );
  of(
    "not_settable",
    keys.filter((key) => !rules.isSettable(key)),
    (key) => ({
      fr: `${key} : ce réglage se change dans l'environnement ou le fichier d'options, pas dans la page.`,
      en: `${key}: this setting is changed in the environment or the options file, not in the page.`,
    }),
  );
  of(
    "settings_overruled",
    keys.filter((key) => rules.isOverruled(key)),
    (key) => ({
      fr: `${key} : la commande qui a démarré le programme fixe ce réglage ; la page n'y peut rien.`,
      en: `${key}: the command that started the program fixes this setting; the page cannot change it.`,
    }),
  );
}

const shortened = (key: string): string => (key.length > 60 ? `${key.slice(0, 60)}…` : key);
