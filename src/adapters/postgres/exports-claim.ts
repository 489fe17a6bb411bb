import type postgres from "postgres";
import { hourMs, type Instant } from "../../domain/units.ts";
import type { ExportMemory } from "../../sync/exports/memory.ts";
import { lockFor, type Queries, timestamp } from "./arguments.ts";

type Claim = Parameters<ExportMemory["claimExport"]>[0];

export function claimExport(sql: postgres.Sql, { destination, holder, now, until }: Claim): Promise<boolean> {
  return sql.begin(async (tx) => {
    await lockFor(tx, `export_claim/${destination}`);
    const [held] = await tx<{ holder: string; until: Instant }[]>`
      select holder, until from export_claim where destination = ${destination}`;
    // One that ends much later was made under a clock that was ahead.
    if (held && held.holder !== holder && held.until > now && held.until <= until + hourMs) return false;
    if (held?.holder === holder && held.until === until) return true;
    await tx`
      insert into export_claim (destination, holder, until) values (${destination}, ${holder}, ${timestamp(tx, until)})
      on conflict (destination) do update set holder = excluded.holder, until = excluded.until`;
    return true;
  });
}

export async function releaseExport(sql: Queries, destination: string, holder: string): Promise<void> {
  await sql`delete from export_claim where destination = ${destination} and holder = ${holder}`;
}
