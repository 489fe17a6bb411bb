import type postgres from "postgres";
import type { InstallationStore } from "../../sync/store.ts";
import { timestamp } from "./arguments.ts";

export function createInstallation(sql: postgres.Sql): InstallationStore {
  const load = async (): Promise<string | undefined> =>
    (await sql<{ id: string }[]>`select id from installation`)[0]?.id;
  return {
    async loadInstallationId(at) {
      const known = await load();
      if (known !== undefined) return known;
      // Of two that start together one inserts, and both read that one.
      await sql`
        insert into installation (id, created_at) values (gen_random_uuid(), ${timestamp(sql, at)})
        on conflict (singleton) do nothing`;
      const made = await load();
      if (made === undefined) throw new Error("The store did not keep the installation's identity");
      return made;
    },
  };
}
