import { saveDump } from "../../src/adapters/postgres/backup/directory.ts";
import { prepareStore } from "../../src/adapters/postgres/backup/prepare.ts";
import { startDatabase } from "../../src/adapters/postgres/launcher/start-database.ts";
import { systemClock } from "../../src/shared/clock.ts";
import { silentLog } from "../../src/shared/log.ts";

/**
 * A process that starts the database of a data directory and brings it up to date, as the service does, then dumps it
 * over and over when asked to; for tests that kill it. Takes `{dataDir, directory?}` as JSON.
 */
const { dataDir, directory } = JSON.parse(process.argv[2] ?? "{}");
const database = await startDatabase({ dataDir, settings: { fsync: "off" } });
console.log("started");
const { restored } = await prepareStore(database, { dataDir, now: systemClock.now, log: silentLog() });
console.log(restored ? "restored" : "prepared");
while (directory !== undefined) {
  const request = { directory, kind: "backup", at: systemClock.now(), prune: true, isAlone: true } as const;
  await saveDump(database.connection, request);
  console.log("dumped");
}
await database.stop();
console.log("stopped");
