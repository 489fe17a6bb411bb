import { startDatabase } from "../../src/adapters/postgres/launcher/start-database.ts";
import type { HolderMessage } from "./holder.ts";

/**
 * A process that holds a database until SIGTERM, for tests that kill it. Takes the options of `startDatabase` as JSON and
 * tells each event as a line of JSON.
 */
const tell = (message: HolderMessage): void => console.log(JSON.stringify(message));

try {
  const database = await startDatabase(JSON.parse(process.argv[2] ?? "{}"));
  const { connection, version, origin } = database;
  process.once("SIGTERM", async () => {
    await database.stop();
    tell({ event: "stopped" });
    process.exit(0);
  });
  void database.lost.then(({ message }) => tell({ event: "lost", message }));
  if ("url" in connection) throw new Error("A private cluster was asked for");
  tell({ event: "started", connection, version, origin });
  // Keeps a guest's process, which has nothing open, until the signal.
  setInterval(() => {}, 60_000);
} catch (error) {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unexpected";
  tell({ event: "failed", code, message: String(error) });
  process.exitCode = 1;
}
