import type postgres from "postgres";
import type { BudgetState, BudgetStore } from "../../sync/store.ts";
import { date } from "./arguments.ts";

export function createBudget(sql: postgres.Sql): BudgetStore {
  return {
    /** One statement: the row's lock makes concurrent takers count one after the other. */
    async takeBudget({ account, utcDay, bucket, allowed }) {
      const taken = await sql`
        insert into budget (account, utc_day, bucket, used, allowed)
        select ${account}, ${date(sql, utcDay)}, ${bucket}, 1, ${allowed}::integer where ${allowed}::integer > 0
        on conflict (account, utc_day, bucket) do update set used = budget.used + 1
          where budget.used < excluded.allowed`;
      return taken.count === 1;
    },
    async settleBudget({ account, utcDay, bucket, used, allowed }) {
      await sql`
        insert into budget (account, utc_day, bucket, used, allowed)
        values (${account}, ${date(sql, utcDay)}, ${bucket}, ${used}, ${allowed})
        on conflict (account, utc_day, bucket) do update
          set used = greatest(budget.used, excluded.used), allowed = excluded.allowed
          where budget.used < excluded.used or budget.allowed <> excluded.allowed`;
    },
    async loadBudget(account, utcDay, bucket) {
      const [row] = await sql<BudgetState[]>`
        select used, allowed from budget
        where account = ${account} and utc_day = ${date(sql, utcDay)} and bucket = ${bucket}`;
      return row ?? null;
    },
  };
}
