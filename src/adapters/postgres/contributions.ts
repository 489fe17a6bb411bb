import type postgres from "postgres";
import type { ContributionStore, SentContribution } from "../../sync/contribution/store.ts";
import { jsonText, type Queries, rowsOf, timestamp } from "./arguments.ts";

const mostLoaded = 100;

export function createContributions(sql: postgres.Sql): ContributionStore {
  return {
    async saveContribution({ sentAt, offerName, body, state, receipt, message }) {
      const [saved] = await sql<SentContribution[]>`
        insert into contribution (sent_at, offer_name, body, state, receipt, message)
        values (${timestamp(sql, sentAt)}, ${offerName}, ${jsonText(body)}::text::jsonb, ${state}, ${receipt}, ${message})
        returning ${columns(sql)}`;
      if (saved === undefined) throw new Error("The store did not keep the contribution");
      return saved;
    },
    loadContributions: () =>
      rowsOf(sql<SentContribution[]>`select ${columns(sql)} from contribution order by id desc limit ${mostLoaded}`),
  };
}

const columns = (sql: Queries) => sql`id, sent_at as "sentAt", offer_name as "offerName", state, receipt, message`;
