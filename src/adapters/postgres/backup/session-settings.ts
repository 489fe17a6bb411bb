import type { Queries } from "../arguments.ts";

/**
 * Until the transaction ends, values are written and read in one exact form, whatever the server's or the user's own
 * settings: floats with all digits, instants in UTC, days as ISO 8601. No time limit of the server's cuts it short.
 */
export async function exactText(tx: Queries): Promise<void> {
  await tx`
    select set_config(name, value, true) from (values
      ('DateStyle', 'ISO, YMD'), ('IntervalStyle', 'postgres'), ('TimeZone', 'UTC'), ('extra_float_digits', '1'),
      ('bytea_output', 'hex'), ('statement_timeout', '0'), ('idle_in_transaction_session_timeout', '0'),
      ('lock_timeout', '20s')
    ) as setting (name, value)`;
}
