import { saveDump } from "../../src/adapters/postgres/backup/directory.ts";
import { loadDump } from "../../src/adapters/postgres/backup/load.ts";
import { systemClock } from "../../src/shared/clock.ts";
import { memoryOf } from "./processes.ts";

/** Dumps into a directory, or loads a dump, in a process of its own: prints the path, the time and the highest RSS. */
const { connection, directory, path } = JSON.parse(process.argv[2] ?? "{}");
const from = performance.now();
const at = systemClock.now();
const dump = { directory, kind: "backup", at, prune: false, isAlone: true } as const;
const written = path === undefined ? (await saveDump(connection, dump)).path : path;
if (path !== undefined) await loadDump(connection, path, { isAlone: true, mayReplace: true });
const ms = performance.now() - from;
console.log(JSON.stringify({ path: written, ms, peakMb: (await memoryOf(process.pid)).peakRssMb }));
