import type postgres from "postgres";
import type { AdoptionStore, PreferencesChange } from "../../sync/adoption/store.ts";
import { jsonText, lockFor, type Queries, timestamp } from "./arguments.ts";

type PreferenceChanges = Pick<
  AdoptionStore,
  "savePreferencesChange" | "loadLastPreferencesChange" | "notePreferencesUndone"
>;

export function createPreferenceChanges(sql: postgres.Sql): PreferenceChanges {
  return {
    savePreferencesChange: (change, adoption) => sql.begin((tx) => save(tx, change, adoption)),
    async loadLastPreferencesChange() {
      const [row] = await sql<PreferencesChange[]>`
        ${changes(sql)} where undone_at is null order by id desc limit 1`;
      return row ?? null;
    },
    async notePreferencesUndone(id, at) {
      await sql`
        update energy_preferences_change set undone_at = ${timestamp(sql, at)} where id = ${id} and undone_at is null`;
    },
  };
}

const changes = (sql: Queries) =>
  sql`select id, at, before, after, undone_at as "undoneAt" from energy_preferences_change`;

/** The same change told again, by somebody who did not live to hear that it is stored, is the one that is there. */
async function save(
  tx: Queries,
  { at, before, after }: Pick<PreferencesChange, "at" | "before" | "after">,
  adoption: number | null,
): Promise<PreferencesChange> {
  await lockFor(tx, "energy_preferences");
  const former = before === null ? null : jsonText(before);
  const [known] = await tx<PreferencesChange[]>`
    ${changes(tx)}
    where at = ${timestamp(tx, at)} and adoption_id is not distinct from ${adoption}::integer
      and before::text is not distinct from ${former}::text and after::text = ${jsonText(after)}`;
  if (known) return known;
  const [row] = await tx<{ id: number }[]>`
    insert into energy_preferences_change (adoption_id, at, before, after)
    values (${adoption}::integer, ${timestamp(tx, at)}, ${former}::text::json, ${jsonText(after)}::text::json)
    returning id`;
  if (!row) throw new Error("The change of preferences was not stored");
  return { id: row.id, at, before, after, undoneAt: null };
}
