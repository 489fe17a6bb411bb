import type { Instant } from "../../../domain/units.ts";

/** Why a dump was made: asked for, before a migration, before a restore. */
const dumpKinds = ["backup", "before-update", "before-restore"] as const;
export type DumpKind = (typeof dumpKinds)[number];

export interface DumpName {
  readonly file: string;
  readonly kind: DumpKind;
  /** When it was made, in the form of its name: sorts like the instant. */
  readonly stamp: string;
  /** Number of its last migration: `0004`. */
  readonly schema: string;
}

const pattern = /^linky-bridge-(\d{8}T\d{9}Z)-(\d{4})(?:-(before-update|before-restore))?\.dump$/;

/** `linky-bridge-20261121T134500123Z-0004.dump`: UTC to the millisecond, and the schema. */
export function dumpName(at: Instant, migrations: readonly string[], kind: DumpKind): string {
  const stamp = new Date(at).toISOString().replaceAll(/[-:.]/g, "");
  const suffix = kind === "backup" ? "" : `-${kind}`;
  return `linky-bridge-${stamp}-${schemaOf(migrations)}${suffix}.dump`;
}

const schemaOf = (migrations: readonly string[]): string => (migrations.at(-1) ?? "0000").slice(0, 4);

/** Undefined for a file of another name. */
export function parseDumpName(file: string): DumpName | undefined {
  const [, stamp, schema, kind] = pattern.exec(file) ?? [];
  if (stamp === undefined || schema === undefined) return undefined;
  return { file, stamp, schema, kind: dumpKinds.find((known) => known === kind) ?? "backup" };
}

/** Newest first. */
export const newestFirst = (names: readonly DumpName[]): readonly DumpName[] =>
  names.toSorted((a, b) => (a.stamp < b.stamp ? 1 : -1));

/**
 * The order in which dumps are to be restored when nobody names one: newest first, and last of all those that a restore
 * made of what it replaced on purpose.
 */
export const bestFirst = (names: readonly DumpName[]): readonly DumpName[] =>
  newestFirst(names).toSorted((a, b) => Number(wasReplaced(a)) - Number(wasReplaced(b)));

export const wasReplaced = ({ kind }: DumpName): boolean => kind === "before-restore";

/** How many of each kind are kept. */
const keptOfEach = 3;

/**
 * Which dumps have had their time: all but the newest three asked for, the newest three made before a restore, and of
 * those made before a migration the newest one of each of the last three schemas. A migration that fails at every start
 * makes a dump each time, and must not push out those of earlier versions.
 */
export function outlived(names: readonly DumpName[]): readonly DumpName[] {
  const sorted = newestFirst(names);
  return dumpKinds.flatMap((kind) => {
    const ofKind = sorted.filter((name) => name.kind === kind);
    const kept = kind === "before-update" ? newestOfEachSchema(ofKind) : ofKind;
    const stay = new Set(kept.slice(0, keptOfEach));
    return ofKind.filter((name) => !stay.has(name));
  });
}

const newestOfEachSchema = (sorted: readonly DumpName[]): readonly DumpName[] =>
  sorted.filter((name, position) => sorted.findIndex(({ schema }) => schema === name.schema) === position);
