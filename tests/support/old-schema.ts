import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { saveDump } from "../../src/adapters/postgres/backup/directory.ts";
import { closeSql, openSql } from "../../src/adapters/postgres/connection.ts";
import { migrationNames, migrationsDirectory } from "../../src/adapters/postgres/migrate.ts";
import { testAt } from "./store-dump.ts";
import type { SocketConnection } from "./test-cluster.ts";

export const schemaFixtures = join(import.meta.dirname, "..", "fixtures", "schema");

/**
 * The path of a dump of a store as the program of `schema` (`0001`) left it: its migrations, and the invented rows of
 * `tests/fixtures/schema` up to it.
 */
export async function dumpOfSchema(server: SocketConnection, schema: string, directory: string): Promise<string> {
  const connection = { ...server, database: `schema_${schema}` };
  const admin = openSql({ ...server, database: "postgres" }, { max: 1 });
  await admin`create database ${admin(connection.database)} template template0`;
  const sql = openSql(connection, { max: 1 });
  try {
    await sql.unsafe(
      "create table pgmigrations (id serial primary key, name varchar(255) not null, run_on timestamp not null)",
    );
    const rows = (await readdir(schemaFixtures)).filter((name) => name.endsWith(".sql"));
    for (const name of (await migrationNames()).filter((known) => known.slice(0, 4) <= schema)) {
      await sql.unsafe(await readFile(join(migrationsDirectory, `${name}.sql`), "utf8"));
      await sql`insert into pgmigrations (name, run_on) values (${name}, now())`;
      const own = rows.find((file) => file === `${name.slice(0, 4)}.sql`);
      if (own) await sql.unsafe(await readFile(join(schemaFixtures, own), "utf8"));
    }
    const request = { directory, kind: "backup", at: testAt, prune: false, isAlone: true } as const;
    return (await saveDump(connection, request)).path;
  } finally {
    await closeSql(sql);
    await admin`drop database ${admin(connection.database)} with (force)`;
    await closeSql(admin);
  }
}
