import { type Connection, closeSql, openSql, type Sql } from "../connection.ts";

/**
 * What `use` makes of one connection. Once `signal` is aborted the connection is cut: a query that waits for a lock, or
 * for a server that answers no more, fails at once instead of holding up whoever stops the program.
 * @throws the signal's reason when aborted.
 */
export async function withStoppable<T>(
  connection: Connection,
  signal: AbortSignal | undefined,
  use: (sql: Sql) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const sql = openSql(connection, { max: 1 });
  const cut = (): void => void sql.end({ timeout: 0 });
  signal?.addEventListener("abort", cut, { once: true });
  try {
    return await use(sql);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener("abort", cut);
    await closeSql(sql);
  }
}
