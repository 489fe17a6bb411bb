import assert from "node:assert/strict";
import { readdir, utimes } from "node:fs/promises";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { backupDirectory, saveDump } from "../../../src/adapters/postgres/backup/directory.ts";
import { prepareStore } from "../../../src/adapters/postgres/backup/prepare.ts";
import { readHeader } from "../../../src/adapters/postgres/backup/read.ts";
import { closeSql, openSql, type Sql } from "../../../src/adapters/postgres/connection.ts";
import type { Binaries } from "../../../src/adapters/postgres/launcher/binaries.ts";
import { DatabaseFailure } from "../../../src/adapters/postgres/launcher/failure.ts";
import { startDatabase } from "../../../src/adapters/postgres/launcher/start-database.ts";
import { instant } from "../../../src/domain/units.ts";
import { silentLog } from "../../../src/shared/log.ts";
import { installedBinaries, scratch } from "../../support/launcher-cases.ts";
import { dumpSchema } from "../../support/schema-dump.ts";
import { allRows, fill } from "../../support/store-dump.ts";

const log = silentLog();
const hourMs = 3_600_000;
const byMajor = (await installedBinaries()).toSorted((a, b) => a.major - b.major);
const [oldest, newest] = [byMajor[0], byMajor.at(-1)];
const skip = oldest?.major === newest?.major ? "one PostgreSQL major on this machine" : false;

interface Home {
  readonly dataDir: string;
  /** A start of the program under the given PostgreSQL, with nothing else installed. */
  run<T>(binaries: Binaries | undefined, use: (sql: Sql, restored: string | null) => Promise<T>): Promise<T>;
}

async function home(t: TestContext): Promise<Home> {
  const place = await scratch();
  t.after(() => place.remove());
  const { dataDir } = place;
  return {
    dataDir,
    async run(binaries, use) {
      const binDir = binaries?.directory;
      const database = await startDatabase({ dataDir, binDir, settings: { fsync: "off" } });
      try {
        const now = () => instant(Date.now());
        const { restored } = await prepareStore(database, { dataDir, now, log });
        const sql = openSql(database.connection);
        return await use(sql, restored?.path ?? null).finally(() => closeSql(sql));
      } finally {
        await database.stop();
      }
    },
  };
}

/** Data under one major, dumped so long ago. */
async function lived({ dataDir, run }: Home, binaries: Binaries | undefined, dumpedMsAgo: number) {
  return run(binaries, async (sql) => {
    await fill(sql);
    const request = { directory: backupDirectory(dataDir), kind: "backup", prune: true, isAlone: true } as const;
    const at = instant(Date.now() - dumpedMsAgo);
    const connection = { host: clusterOf(dataDir, binaries), port: 5432, user: "linky", database: "linky" };
    const { path } = await saveDump(connection, { ...request, at });
    return { rows: await allRows(sql), schema: await dumpSchema(sql), path };
  });
}

const clusterOf = (dataDir: string, binaries: Binaries | undefined): string => join(dataDir, `pg${binaries?.major}`);

describe("a data directory that moves between PostgreSQL majors", { skip }, () => {
  for (const [from, to] of [
    [oldest, newest],
    [newest, oldest],
  ])
    test(`from ${from?.major} to ${to?.major}: set aside, and restored from its dump`, async (t) => {
      const place = await home(t);
      const before = await lived(place, from, 2 * hourMs);
      assert.equal((await readHeader(before.path)).postgres, from?.version);
      await place.run(to, async (sql, restored) => {
        assert.equal(restored, before.path);
        assert.deepEqual(await allRows(sql), before.rows);
        assert.equal(await dumpSchema(sql), before.schema);
      });
      const names = await readdir(place.dataDir);
      const aside = names.filter((name) => name.startsWith(`pg${from?.major}-set-aside-`));
      assert.equal(aside.length, 1, names.join());
      // The next start has nothing to restore.
      await place.run(to, async (_, restored) => assert.equal(restored, null));
      // Whoever puts it back and takes its major again finds everything there.
      assert.ok((await readdir(join(place.dataDir, aside[0] ?? ""))).includes("PG_VERSION"));
    });

  test("a dump older than two days does not stand in: the start ends, and nothing is touched", async (t) => {
    const place = await home(t);
    await lived(place, oldest, 49 * hourMs);
    const names = (await readdir(place.dataDir)).sort();
    await assert.rejects(
      place.run(newest, async () => undefined),
      (error: unknown) => error instanceof DatabaseFailure && error.code === "binaries_of_major_missing",
    );
    assert.deepEqual((await readdir(place.dataDir)).sort(), names);
    // The same dump, had the database been written to for the last time 47 hours after it.
    const writtenAt = new Date(Date.now() - 2 * hourMs);
    const cluster = clusterOf(place.dataDir, oldest);
    const log = (await readdir(join(cluster, "pg_wal"))).map((name) => join(cluster, "pg_wal", name));
    for (const file of [join(cluster, "global", "pg_control"), ...log]) await utimes(file, writtenAt, writtenAt);
    await place.run(newest, async (_, restored) => assert.ok(restored));
  });

  test("without a dump the start ends as before", async (t) => {
    const place = await home(t);
    await place.run(oldest, async (sql) => fill(sql));
    await assert.rejects(
      place.run(newest, async () => undefined),
      (error: unknown) => error instanceof DatabaseFailure && error.code === "binaries_of_major_missing",
    );
    await place.run(oldest, async (sql) => assert.equal((await allRows(sql)).slot?.length, 960));
  });
});
