import { rename } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { dumpOfSchema } from "./old-schema.ts";
import { startTestCluster } from "./test-cluster.ts";

/**
 * Writes the dump of a schema beside its invented rows: `node tests/support/write-schema-dump.ts 0002`. Once, when a
 * version with that schema is released; its dump is never written again.
 */
const schema = process.argv[2] ?? "";
const target = fileURLToPath(new URL(`../fixtures/schema/${schema}.dump`, import.meta.url));
const cluster = await startTestCluster();
try {
  await rename(await dumpOfSchema(cluster.connection, schema, fileURLToPath(new URL(".", `file://${target}`))), target);
} finally {
  await cluster.stop();
}
console.log(target);
