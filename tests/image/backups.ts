import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import manifest from "../../config.json" with { type: "json" };
import type { DumpHeader } from "../../src/adapters/postgres/backup/header.ts";
import { checkDump } from "../../src/adapters/postgres/backup/read.ts";
import { freePort } from "../support/broker.ts";
import { processHouse } from "../support/process-world.ts";
import type { Container, Place } from "./container.ts";
import { areAnnounced, watchMemory } from "./life.ts";
import { isQuiet, isVerified, isWell, tell, until } from "./until.ts";
import type { World } from "./world.ts";

/** Calls of the first synchronisation after which the dump is made: of some seventy. */
const callsBefore = 40;
/** What only the meters can tell, and is lost where a dump loses it. */
const measured = ["slot", "daily_reading", "max_power", "contract", "tempo_day"];

/** The manifest's own command, in the running container. Returns the dump as it lies there. */
async function backUp(container: Container, { dataDir }: Place): Promise<DumpHeader> {
  const made = await container.exec(manifest.backup_pre.split(" "));
  assert.equal(made.code, 0, made.output);
  const [file, ...others] = (await readdir(join(dataDir, "backup"))).sort().reverse();
  assert.ok(file, made.output);
  assert.deepEqual(
    others.filter((name) => !name.endsWith(".dump")),
    [],
  );
  return checkDump(join(dataDir, "backup", file));
}

/** Home Assistant makes a backup while the history is being fetched. */
export async function backsUpDuringSync(container: Container, place: Place, { gateway }: World): Promise<DumpHeader> {
  const calls = (): number => gateway.control.calls.length;
  const isUnderWay = (): boolean => calls() >= callsBefore;
  await until(isUnderWay, { withinMs: 60_000, what: "the history is being fetched", container });
  const memory = watchMemory(container);
  const header = await backUp(container, place);
  const [after, peakMb] = [calls(), memory.stop()];
  await until(() => calls() > after, { withinMs: 10_000, what: "the synchronisation goes on", container });
  tell(
    `backed up after ${after} calls: ${rowsOf(header, "slot")} intervals; ${peakMb.toFixed(0)} MB with both programs`,
  );
  return header;
}

const rowsOf = ({ tables }: DumpHeader, table: string): number => tables.find(({ name }) => name === table)?.rows ?? 0;

/** Another machine that has nothing but the dump: it starts, and shows the history while no gateway can be reached. */
export async function restores(
  make: (place: Place) => Promise<Container>,
  elsewhere: World,
  { backupFrom, saved }: { readonly backupFrom: string; readonly saved: DumpHeader },
): Promise<void> {
  const place = await elsewhere.install({
    options: { gateway_url: `http://127.0.0.1:${await freePort()}` },
    files: { backup: backupFrom },
  });
  const container = await make(place);
  container.start();
  const isAnnounced = (): boolean => areAnnounced(elsewhere);
  await until(isAnnounced, { withinMs: 60_000, what: "both meters are announced", container });
  await isWell(container);
  const { homeAssistant, gateway } = elsewhere;
  const rows = (): number => homeAssistant.rowsCommitted;
  await isQuiet(rows, { withinMs: 120_000, what: "the history is in Home Assistant", container, everyMs: 300 });
  assert.deepEqual(gateway.control.calls, []);
  assert.match(elsewhere.heard.get(`myelectricaldata/${processHouse}/consumption/daily`) ?? "", /"value":\d/);
  const now = await backUp(container, place);
  assert.ok(rowsOf(saved, "slot") > 5_000);
  assert.deepEqual(contentOf(now), contentOf(saved));
  const verified = await isVerified(container);
  assert.equal((await container.stop()).code, 0, container.log);
  tell(`restored elsewhere without a gateway, ${rows()} hours in Home Assistant, verified: ${verified}`);
}

/** Rows and their sum, of what was measured. */
const contentOf = ({ tables }: DumpHeader) =>
  tables.filter(({ name }) => measured.includes(name)).map(({ name, rows, sha256 }) => ({ name, rows, sha256 }));
