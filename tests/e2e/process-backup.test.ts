import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { backupDirectory, listDumps, saveDump } from "../../src/adapters/postgres/backup/directory.ts";
import { prepareStore } from "../../src/adapters/postgres/backup/prepare.ts";
import { checkDump } from "../../src/adapters/postgres/backup/read.ts";
import { type Connection, closeSql, openSql, type Sql } from "../../src/adapters/postgres/connection.ts";
import { startDatabase } from "../../src/adapters/postgres/launcher/start-database.ts";
import { systemClock } from "../../src/shared/clock.ts";
import { silentLog } from "../../src/shared/log.ts";
import { random } from "../../src/simulator/random.ts";
import { killDatabase } from "../support/process-program.ts";
import { fill, temporaryDirectory } from "../support/store-dump.ts";

const isLong = process.env.LINKY_LONG_TESTS !== undefined;
const times = isLong ? 40 : 5;
const script = fileURLToPath(new URL("../support/backup-process.ts", import.meta.url));

/** Half-hours of so many meters over 700 days: a dump that takes long enough to be killed in the middle. */
const manySlots = `
  insert into slot (usage_point_id, flow, starts_at, minutes, power_w)
  select lpad(meter::text, 14, '2'), 'production', at, 30, (extract(epoch from at)::bigint * 7919 * meter / 1800) % 6000
  from generate_series(1, 6) as meter,
    generate_series('2024-01-01'::timestamptz, '2025-11-30 23:30', '30 minutes') as at`;

async function withDatabase<T>(dataDir: string, use: (sql: Sql, connection: Connection) => Promise<T>): Promise<T> {
  const database = await startDatabase({ dataDir, settings: { fsync: "off" } });
  const sql = openSql(database.connection);
  try {
    await prepareStore(database, { dataDir, now: systemClock.now, log: silentLog() });
    return await use(sql, database.connection);
  } finally {
    await closeSql(sql);
    await database.stop();
  }
}

/** Of every row that counts, whatever its place. */
const sumOf = async (sql: Sql): Promise<unknown> => ({
  ...(await sql`select count(*) as slots, sum(hashtext(slot::text)) as sum from slot`)[0],
  ...(await sql`select count(*) as days from day`)[0],
  ...(await sql`select count(*) as former from former_reading`)[0],
});

/** A data directory whose end is cleared of servers. */
async function place(t: TestContext): Promise<string> {
  const dataDir = join(await temporaryDirectory(t), "data");
  t.after(() => killDatabase(dataDir));
  return dataDir;
}

class Child {
  readonly #process: ChildProcess;
  said = "";
  constructor(options: object) {
    this.#process = spawn(process.execPath, [script, JSON.stringify(options)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#process.stdout?.setEncoding("utf8").on("data", (text: string) => (this.said += text));
  }
  async says(word: string): Promise<void> {
    while (!this.said.includes(word)) {
      if (this.#process.exitCode !== null) throw new Error(`It ended without "${word}": ${this.said}`);
      await delay(5);
    }
  }
  /** kill -9 of the process and its server. */
  async kill(dataDir: string): Promise<void> {
    const ended = this.#process.exitCode === null ? once(this.#process, "exit") : null;
    this.#process.kill("SIGKILL");
    await killDatabase(dataDir);
    await ended;
  }
}

describe("kill -9 of the program and its database", () => {
  test("while it dumps: whatever bears a dump's name is whole, and the data are there", async (t) => {
    const dataDir = await place(t);
    const directory = backupDirectory(dataDir);
    const before = await withDatabase(dataDir, async (sql) => {
      await fill(sql);
      await sql.unsafe(manySlots);
      return sumOf(sql);
    });
    let halves = 0;
    for (let time = 0; time < times; time++) {
      const child = new Child({ dataDir, directory });
      await child.says("prepared");
      await delay(random(21, time) * 2_000);
      await child.kill(dataDir);
      halves += (await readdir(directory).catch(() => [])).filter((name) => name.startsWith(".partial-")).length;
      for (const { file } of await listDumps(directory)) await checkDump(join(directory, file));
    }
    assert.ok(halves > 0, "no kill fell into a dump");
    await withDatabase(dataDir, async (sql) => {
      assert.deepEqual(await sumOf(sql), before);
    });
    const child = new Child({ dataDir, directory });
    await child.says("dumped");
    await child.kill(dataDir);
    assert.ok((await listDumps(directory)).length > 0);
  });

  test("while it restores: the next start goes on, until all is there", async (t) => {
    const dataDir = await place(t);
    await mkdir(dataDir, { mode: 0o711 });
    const source = await place(t);
    const before = await withDatabase(source, async (sql, connection) => {
      await fill(sql);
      await sql.unsafe(manySlots);
      const request = { directory: backupDirectory(dataDir), kind: "backup", prune: true, isAlone: true } as const;
      await saveDump(connection, { ...request, at: systemClock.now() });
      return sumOf(sql);
    });
    let unfinished = 0;
    for (let time = 0; time < times; time++) {
      const child = new Child({ dataDir });
      await child.says("started");
      await delay(random(22, time) * 1_500);
      if (!child.said.includes("restored")) unfinished++;
      await child.kill(dataDir);
      // Once it came to its end there is nothing left to kill.
      if (child.said.includes("restored"))
        for (const name of await clustersIn(dataDir)) await rm(name, { recursive: true });
    }
    assert.ok(unfinished > 0, "no kill fell into a restore");
    await withDatabase(dataDir, async (sql) => {
      assert.deepEqual(await sumOf(sql), before);
    });
  });
});

const clustersIn = async (dataDir: string): Promise<string[]> =>
  (await readdir(dataDir)).filter((name) => /^pg\d+$/.test(name)).map((name) => join(dataDir, name));
