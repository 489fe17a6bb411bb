import { randomUUID } from "node:crypto";
import { after, type TestContext } from "node:test";
import { closeSql, openSql, type Sql } from "../../src/adapters/postgres/connection.ts";
import { waitUntil } from "../../src/adapters/postgres/launcher/processes.ts";
import {
  clusterVariable,
  type SocketConnection,
  startTestCluster,
  type TestCluster,
  templateName,
} from "./test-cluster.ts";

export interface TestDatabase {
  readonly sql: Sql;
  readonly connection: SocketConnection;
}

let own: Promise<TestCluster> | undefined;
const drops: Promise<void>[] = [];

// At the top of the file, so that it belongs to the whole run of the test file and not to the test that came first.
after(async () => {
  await Promise.all(drops);
  await (await own)?.stop();
});

/** The run's cluster, else one of this file's own, stopped at the file's end. */
async function cluster(): Promise<SocketConnection> {
  const given = process.env[clusterVariable];
  if (given) return JSON.parse(given) as SocketConnection;
  own ??= startOwn();
  return (await own).connection;
}

/** Interrupted, the file leaves nothing either. */
function startOwn(): Promise<TestCluster> {
  const interrupted = new AbortController();
  const starting = startTestCluster(interrupted.signal);
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.once(name, async () => {
      interrupted.abort();
      await starting.then(
        (cluster) => cluster.stop(),
        () => {},
      );
      process.exit(130);
    });
  }
  return starting;
}

/** A fresh database with the store's schema and no data; dropped after `t` (a test, or a suite's context). */
export async function testDatabase(t: Pick<TestContext, "after">): Promise<TestDatabase> {
  return databaseFrom(t, templateName);
}

/** A fresh database with nothing in it, not even the schema. */
export async function emptyDatabase(t: Pick<TestContext, "after">): Promise<TestDatabase> {
  return databaseFrom(t, "template0");
}

async function databaseFrom(t: Pick<TestContext, "after">, template: string): Promise<TestDatabase> {
  const server = await cluster();
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await asAdmin(server, (sql) => sql`create database ${sql(name)} template ${sql(template)}`);
  const connection = { ...server, database: name };
  const sql = openSql(connection);
  t.after(async () => {
    await closeSql(sql);
    drops.push(drop(server, name));
  });
  return { sql, connection };
}

/** A test's own clients may be closed after ours, since hooks run in the order in which they were registered. */
async function drop(server: SocketConnection, name: string): Promise<void> {
  await asAdmin(server, async (sql) => {
    const isFree = async (): Promise<boolean> =>
      (await sql`select 1 from pg_stat_activity where datname = ${name}`).length === 0;
    await waitUntil(isFree, { withinMs: 2_000 });
    await sql`drop database ${sql(name)} with (force)`;
  });
}

async function asAdmin(server: SocketConnection, action: (sql: Sql) => PromiseLike<unknown>): Promise<void> {
  const sql = openSql({ ...server, database: "postgres" }, { max: 1 });
  try {
    await action(sql);
  } finally {
    await closeSql(sql);
  }
}
