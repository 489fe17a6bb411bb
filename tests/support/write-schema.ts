import { writeFile } from "node:fs/promises";
import { closeSql, openSql } from "../../src/adapters/postgres/connection.ts";
import { dumpSchema } from "./schema-dump.ts";
import { startTestCluster, templateName } from "./test-cluster.ts";

/** Writes `src/adapters/postgres/schema.sql` anew from the migrations; a test holds the two equal. */
const cluster = await startTestCluster();
const sql = openSql({ ...cluster.connection, database: templateName });
try {
  await writeFile(new URL("../../src/adapters/postgres/schema.sql", import.meta.url), await dumpSchema(sql));
} finally {
  await closeSql(sql);
  await cluster.stop();
}
