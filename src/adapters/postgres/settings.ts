import type postgres from "postgres";
import type { SettingsStore, StoredSetting } from "../../sync/settings/store.ts";
import { jsonText, lockFor, rowsOf, timestamp } from "./arguments.ts";

export function createSettingsStore(sql: postgres.Sql): SettingsStore {
  return {
    loadSettings: () => rowsOf(sql<StoredSetting[]>`select key, value, sealed from setting order by key`),
    async changeSettings({ save, remove, at, by }) {
      await sql.begin(async (tx) => {
        await lockFor(tx, "settings");
        await tx`delete from setting where key = any (${[...remove]}::text[])`;
        for (const { key, value, sealed } of save) {
          const text = sealed === null ? jsonText(value) : null;
          await tx`
            insert into setting (key, value, sealed, changed_at, changed_by)
            values (${key}, ${text}::text::jsonb, ${sealed}, ${timestamp(tx, at)}, ${by})
            on conflict (key) do update set value = excluded.value, sealed = excluded.sealed,
              changed_at = excluded.changed_at, changed_by = excluded.changed_by`;
        }
      });
    },
    replaceSealed: (settings) =>
      sql.begin(async (tx) => {
        await lockFor(tx, "settings");
        let replaced = 0;
        for (const { key, former, sealed } of settings)
          replaced += (
            await tx`update setting set sealed = ${sealed} where key = ${key} and sealed = ${former} returning true`
          ).length;
        return replaced;
      }),
  };
}
