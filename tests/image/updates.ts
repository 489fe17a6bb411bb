import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { checkDump } from "../../src/adapters/postgres/backup/read.ts";
import { migrationNames } from "../../src/adapters/postgres/migrate.ts";
import { freePort } from "../support/broker.ts";
import { schemaFixtures } from "../support/old-schema.ts";
import type { Container, Place } from "./container.ts";
import { isVerified, isWell, tell, until } from "./until.ts";
import type { World } from "./world.ts";

/** A dump of the program of this schema, in `tests/fixtures/schema`. */
const earlier = "0002";

/**
 * Fills a new database from the dump as the earlier program left it, with what the image itself holds; a start with the
 * dump in its place would restore it and find nothing to save.
 */
const asBefore = `
  const { startDatabase } = await import("/app/dist/adapters/postgres/launcher/start-database.js");
  const { loadDump } = await import("/app/dist/adapters/postgres/backup/load.js");
  const database = await startDatabase({ dataDir: "/data" });
  await loadDump(database.connection, "/data/earlier.dump", { isAlone: true, mayReplace: false });
  await database.stop();`;

/** The data of an earlier version under this image, as a plain container without anything of Home Assistant's. */
export async function updates(make: (place: Place) => Promise<Container>, world: World): Promise<void> {
  const place = await world.install({
    options: { gateway_url: `http://127.0.0.1:${await freePort()}` },
    env: { SUPERVISOR_TOKEN: undefined, SUPERVISOR_URL: undefined, HOMEASSISTANT_URL: undefined },
    files: { "earlier.dump": join(schemaFixtures, `${earlier}.dump`) },
  });
  const container = await make(place);
  const asNode = ["setpriv", "--reuid=node", "--regid=node", "--init-groups", "--"];
  const own = await container.exec(["chown", "-R", "node:node", "/data"]);
  assert.equal(own.code, 0, own.output);
  const before = await container.exec([...asNode, "node", "--input-type=module", "--eval", asBefore]);
  assert.equal(before.code, 0, before.output);
  container.start();
  const isMigrated = (): boolean => container.log.includes("base de données mise à jour");
  await until(isMigrated, { withinMs: 30_000, what: "the data are brought to this version", container });
  await isWell(container);
  const [saved, ...others] = await readdir(join(place.dataDir, "backup"));
  assert.deepEqual(others, []);
  assert.match(saved ?? "", new RegExp(`-${earlier}-before-update\\.dump$`));
  const names = await migrationNames();
  const { migrations, tables } = await checkDump(join(place.dataDir, "backup", saved ?? ""));
  assert.deepEqual(
    migrations,
    names.filter((name) => name.slice(0, 4) <= earlier),
  );
  const slots = tables.find(({ name }) => name === "slot")?.rows;
  // Four days of 48 half-hours.
  assert.equal(slots, 192);
  assert.deepEqual(await storedBy(container), { slots: 192, migrations: names.length });
  const verified = await isVerified(container);
  assert.equal((await container.stop()).code, 0, container.log);
  tell(`updated from schema ${earlier}, saved as ${saved}, verified: ${verified}`);
}

/** As the image's own psql tells it. */
async function storedBy(container: Container): Promise<{ readonly slots: number; readonly migrations: number }> {
  const query = "select (select count(*) from slot), (select count(*) from pgmigrations)";
  const told = await container.exec(["psql", "-h", "/data/pg17", "-U", "linky", "-AtF", " ", "-c", query, "linky"]);
  assert.equal(told.code, 0, told.output);
  const [slots, migrations] = told.output.trim().split(" ").map(Number);
  return { slots: slots ?? 0, migrations: migrations ?? 0 };
}
