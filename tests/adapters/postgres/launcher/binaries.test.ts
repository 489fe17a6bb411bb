import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmod, chown, cp, mkdir, readdir, readlink, rm, stat, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { promisify } from "node:util";
import { findAccount, isRoot } from "../../../../src/adapters/postgres/launcher/account.ts";
import { findBinaries, inspect } from "../../../../src/adapters/postgres/launcher/binaries.ts";
import {
  type EmbeddedPackage,
  embeddedPackage,
  linkLibraries,
} from "../../../../src/adapters/postgres/launcher/embedded.ts";
import { DatabaseFailure, type FailureCode } from "../../../../src/adapters/postgres/launcher/failure.ts";
import { stage } from "../../../../src/adapters/postgres/launcher/staging.ts";
import { scratch } from "../../../support/launcher-cases.ts";

const account = await findAccount();
const embedded = embeddedPackage();
const withPackage = { skip: embedded ? false : "the npm package of this platform is not installed" };
const asRoot = { skip: withPackage.skip || (isRoot() ? false : "root reads what an ordinary user cannot") };

async function place(t: TestContext): Promise<string> {
  const { dataDir, remove } = await scratch();
  t.after(remove);
  await mkdir(dataDir, { mode: 0o755 });
  return dataDir;
}

/** A server of that version as far as a search can see. */
async function installFake(directory: string, version: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  for (const name of ["postgres", "initdb"]) {
    await writeFile(join(directory, name), `#!/bin/sh\necho "${name} (PostgreSQL) ${version}"\n`);
    await chmod(join(directory, name), 0o755);
  }
  return directory;
}

/** The package as npm unpacks it when no script runs: without the library links. */
async function unlinkedPackage(found: EmbeddedPackage | undefined, parent: string): Promise<EmbeddedPackage> {
  assert.ok(found);
  const native = join(parent, "native");
  const filter = async (path: string): Promise<boolean> => !path.endsWith(".a");
  await cp(found.native, native, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true, filter });
  const lib = join(native, "lib");
  for (const entry of await readdir(lib, { withFileTypes: true }))
    if (entry.isSymbolicLink()) await rm(join(lib, entry.name));
  return { native, version: found.version };
}

const search = (root: string, more: { major?: number; only?: string; embedded?: EmbeddedPackage } = {}) =>
  findBinaries({
    account,
    major: more.major,
    only: more.only,
    stagingDir: join(root, "staged"),
    root,
    path: "",
    embedded: more.embedded,
  });

const failsWith =
  (code: FailureCode, words = "") =>
  (error: unknown): boolean =>
    error instanceof DatabaseFailure &&
    error.code === code &&
    error.text.fr.includes(words) &&
    error.text.en.includes(words);

test("of the system's servers the newest from 15 on is taken for new data, their own major for existing data", async (t) => {
  const root = await place(t);
  await installFake(join(root, "usr/lib/postgresql/14/bin"), "14.20 (Debian 14.20-1)");
  await assert.rejects(search(root), failsWith("no_binaries", "apt install postgresql"));
  await installFake(join(root, "usr/lib/postgresql/15/bin"), "15.18 (Debian 15.18-0+deb12u1)");
  await installFake(join(root, "usr/libexec/postgresql17"), "17.9");
  assert.deepEqual(await search(root), {
    directory: join(root, "usr/libexec/postgresql17"),
    major: 17,
    version: "17.9",
  });
  assert.equal((await search(root, { major: 15 })).version, "15.18");
  await assert.rejects(search(root, { major: 16 }), failsWith("binaries_of_major_missing", "postgresql-16"));
});

test("a server in PATH is found behind its link; a directory with clients only is not one", async (t) => {
  const root = await place(t);
  const installed = await installFake(join(root, "opt/pg/bin"), "16.2");
  const linked = join(root, "linked");
  const clients = join(root, "clients");
  await mkdir(linked);
  await mkdir(clients);
  await symlink(join(installed, "postgres"), join(linked, "postgres"));
  await writeFile(join(clients, "psql"), "");
  const found = await findBinaries({
    account,
    major: undefined,
    only: undefined,
    stagingDir: join(root, "staged"),
    root,
    path: `${clients}:${linked}`,
    embedded: undefined,
  });
  assert.deepEqual(found, { directory: installed, major: 16, version: "16.2" });
});

test("LINKY_POSTGRES_BIN alone counts, and must fit", async (t) => {
  const root = await place(t);
  await installFake(join(root, "usr/lib/postgresql/17/bin"), "17.9");
  const only = await installFake(join(root, "mine"), "16.2");
  assert.equal((await search(root, { only })).version, "16.2");
  await assert.rejects(search(root, { only, major: 17 }), failsWith("binaries_of_major_missing", "16.2"));
  await assert.rejects(search(root, { only: join(root, "nowhere") }), failsWith("binaries_unusable", "nowhere"));
});

test(
  "the npm package serves where the system has nothing that fits, and makes its library links",
  withPackage,
  async (t) => {
    const root = await place(t);
    await installFake(join(root, "usr/lib/postgresql/15/bin"), "15.18");
    const unlinked = await unlinkedPackage(embedded, root);
    assert.equal(await inspect(join(unlinked.native, "bin"), account), undefined, "without the links it cannot run");
    const found = await search(root, { major: 18, embedded: unlinked });
    assert.deepEqual([found.directory, found.major], [join(unlinked.native, "bin"), 18]);
    assert.equal(await readlink(join(unlinked.native, "lib", "libpq.so.5")), "libpq.so.5.18");
  },
);

test("a list of links that leads outside the libraries is not followed", async (t) => {
  const native = join(await place(t), "native");
  await mkdir(join(native, "lib"), { recursive: true });
  const links = [
    { source: "native/lib/a", target: "native/../../evil" },
    { source: "/etc/passwd", target: "native/lib/b" },
  ];
  await writeFile(join(native, "pg-symlinks.json"), JSON.stringify(links));
  await linkLibraries(native);
  assert.deepEqual(await readdir(join(native, "lib")), []);
  await assert.rejects(stat(join(native, "../../evil")));
});

test(
  "a package below a directory that the database's user cannot enter is copied to where it can",
  asRoot,
  async (t) => {
    const root = await place(t);
    const closed = join(root, "closed");
    await mkdir(closed, { mode: 0o700 });
    const hidden = await unlinkedPackage(embedded, closed);
    const found = await search(root, { embedded: hidden });
    assert.ok(found.directory.startsWith(join(root, "staged", `postgresql-${hidden.version}-`)));
    assert.deepEqual(await inspect(found.directory, account), found, "the user can run the copy");
    assert.deepEqual((await search(root, { embedded: hidden })).directory, found.directory, "and it is used again");
  },
);

test(
  "copies made at the same moment end in one, a damaged one is replaced, a changed package makes another",
  withPackage,
  async (t) => {
    const root = await place(t);
    const { native, version } = await unlinkedPackage(embedded, root);
    const stagingDir = join(root, "staged");
    const copies = await Promise.all([1, 2, 3].map(() => stage({ native, version, stagingDir })));
    const [copy = ""] = copies;
    assert.deepEqual(new Set(copies), new Set([copy]));
    assert.equal((await readdir(stagingDir)).length, 1);

    await truncate(join(copy, "bin", "postgres"), 1000);
    assert.equal(await stage({ native, version, stagingDir }), copy);
    assert.equal((await stat(join(copy, "bin", "postgres"))).size, (await stat(join(native, "bin", "postgres"))).size);

    await writeFile(join(native, "bin", "initdb"), "another build");
    assert.notEqual(await stage({ native, version, stagingDir }), copy);
  },
);

test("no copy is made where other users may write", withPackage, async (t) => {
  const root = await place(t);
  const { native, version } = await unlinkedPackage(embedded, root);
  const open = join(root, "open");
  await mkdir(open);
  await chmod(open, 0o777);
  await assert.rejects(
    stage({ native, version, stagingDir: join(open, "staged") }),
    failsWith("binaries_unusable", open),
  );
});

test("where the package cannot be written to, an ordinary user's copy gets the links", asRoot, async (t) => {
  const root = await place(t);
  const readOnly = await unlinkedPackage(embedded, root);
  await mkdir(join(root, "staged"));
  await chown(join(root, "staged"), 65534, 65534);
  const options = {
    account: { uid: 65534, gid: 65534, isOther: false },
    stagingDir: join(root, "staged"),
    root,
    path: "",
    embedded: readOnly,
  };
  const module = new URL("../../../../src/adapters/postgres/launcher/binaries.ts", import.meta.url);
  const program = `import { findBinaries } from "${module}";
    console.log((await findBinaries(${JSON.stringify(options)})).directory);`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program], {
    uid: 65534,
    gid: 65534,
  });
  assert.ok(stdout.startsWith(join(root, "staged")), stdout);
});
