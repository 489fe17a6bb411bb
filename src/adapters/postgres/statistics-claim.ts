import type postgres from "postgres";
import { hourMs, type Instant } from "../../domain/units.ts";
import type { StatisticStore } from "../../sync/statistics/store.ts";
import { lockFor, timestamp } from "./arguments.ts";

type Claim = Pick<StatisticStore, "claimStatistics" | "releaseStatistics">;

export function createClaim(sql: postgres.Sql): Claim {
  return {
    claimStatistics: (holder, now, until) => claim(sql, { holder, now, until }),
    async releaseStatistics(holder) {
      await sql`delete from statistic_claim where holder = ${holder}`;
    },
  };
}

interface Request {
  readonly holder: string;
  readonly now: Instant;
  readonly until: Instant;
}

function claim(sql: postgres.Sql, { holder, now, until }: Request): Promise<boolean> {
  return sql.begin(async (tx) => {
    await lockFor(tx, "statistic_claim");
    const [held] = await tx<{ holder: string; until: Instant }[]>`select holder, until from statistic_claim`;
    // One that ends much later was made under a clock that was ahead.
    if (held && held.holder !== holder && held.until > now && held.until <= until + hourMs) return false;
    if (held?.holder === holder && held.until === until) return true;
    await tx`
      insert into statistic_claim (holder, until) values (${holder}, ${timestamp(tx, until)})
      on conflict (singleton) do update set holder = excluded.holder, until = excluded.until`;
    return true;
  });
}
