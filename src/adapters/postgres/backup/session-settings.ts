import type { Queries } from "../arguments.ts";
import type { Transaction } from "../connection.ts";

const lockTimeoutMs = 20_000;

/** How long a lock is waited for in this transaction. By SET, which unlike a query begins no view of the data. */
export async function lockTimeout(tx: Transaction, ms: number = lockTimeoutMs): Promise<void> {
  await tx.unsafe(`set local lock_timeout = ${Math.ceil(ms)}`);
}

/**
 * Until the transaction ends, values are written and read in one exact form, whatever the server's or the user's own
 * settings: floats with all digits, instants in UTC, days as ISO 8601. No time limit of the server's cuts it short.
 */
export async function exactText(tx: Queries): Promise<void> {
  await tx`
    select set_config(name, value, true) from (values
      ('DateStyle', 'ISO, YMD'), ('IntervalStyle', 'postgres'), ('TimeZone', 'UTC'), ('extra_float_digits', '1'),
      ('bytea_output', 'hex'), ('statement_timeout', '0'), ('idle_in_transaction_session_timeout', '0'),
      ('lock_timeout', ${`${lockTimeoutMs}ms`})
    ) as setting (name, value)`;
}
