import { execFile } from "node:child_process";
import { access, constants, readdir, realpath } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { type Account, spawnAs } from "./account.ts";
import { binariesUnusable, noBinaries, noBinariesOfMajor } from "./binaries-failure.ts";
import { type EmbeddedPackage, linkLibraries } from "./embedded.ts";
import { stage } from "./staging.ts";

const run = promisify(execFile);
const oldestMajor = 15;

/** A directory with `initdb` and `postgres` that the account can run. */
export interface Binaries {
  readonly directory: string;
  readonly major: number;
  /** As the server tells it: `15.18`. */
  readonly version: string;
}

export interface SearchOptions {
  readonly account: Account;
  /** The major of the existing data; undefined for a new cluster. */
  readonly major: number | undefined;
  /** Only this directory is looked at (`LINKY_POSTGRES_BIN`). */
  readonly only: string | undefined;
  /** Where a copy is made of binaries that the account cannot reach. */
  readonly stagingDir: string;
  /** Base of the Debian and Alpine locations: `/`. */
  readonly root: string;
  /** Directories to look into besides, as in the environment's `PATH`. */
  readonly path: string;
  /** What npm installed for this machine. */
  readonly embedded: EmbeddedPackage | undefined;
}

/**
 * The binaries to use: of the given major, else the newest of the system from 15 on, else those of the npm package.
 * @throws DatabaseFailure saying what to install.
 */
export async function findBinaries(options: SearchOptions): Promise<Binaries> {
  const { account, major, only } = options;
  if (only) {
    const found = await inspect(only, account);
    if (!found) throw binariesUnusable(only);
    if (major !== undefined && found.major !== major) throw noBinariesOfMajor(major, found.version);
    return found;
  }
  const onSystem = await systemBinaries(options);
  const fitting = onSystem.filter((found) =>
    major === undefined ? found.major >= oldestMajor : found.major === major,
  );
  const newest = fitting.sort((a, b) => b.major - a.major)[0];
  if (newest) return newest;
  const embedded = await embeddedBinaries(options);
  if (embedded && (major === undefined || embedded.major === major)) return embedded;
  throw major === undefined ? noBinaries() : noBinariesOfMajor(major, embedded?.version);
}

async function systemBinaries({ account, root, path }: SearchOptions): Promise<Binaries[]> {
  const found: Binaries[] = [];
  for (const directory of await systemDirectories(root, path)) {
    const binaries = await inspect(directory, account);
    if (binaries) found.push(binaries);
  }
  return found;
}

/** Debian's, Alpine's, then those of PATH; Debian's wrappers in /usr/bin hold no server and fall out at inspection. */
async function systemDirectories(root: string, path: string): Promise<readonly string[]> {
  const debian = join(root, "usr/lib/postgresql");
  const alpine = join(root, "usr/libexec");
  const candidates = [
    ...(await entries(debian)).map((name) => join(debian, name, "bin")),
    ...(await entries(alpine)).filter((name) => /^postgresql\d*$/.test(name)).map((name) => join(alpine, name)),
    ...path.split(delimiter).filter((directory) => directory !== ""),
  ];
  const real = new Set<string>();
  for (const candidate of candidates) {
    // A link in PATH leads to the installation, whose other programs stand beside the real file.
    const server = await realpath(join(candidate, "postgres")).catch(() => undefined);
    if (server) real.add(dirname(server));
  }
  return [...real];
}

const entries = (directory: string): Promise<string[]> => readdir(directory).catch(() => []);

async function embeddedBinaries({
  account,
  stagingDir,
  embedded: found,
}: SearchOptions): Promise<Binaries | undefined> {
  if (!found) return undefined;
  const linked = await linkLibraries(found.native);
  const inPlace = linked && (await inspect(join(found.native, "bin"), account));
  if (inPlace) return inPlace;
  // Neither we can run it: a copy would not run either (a glibc program on musl, say).
  if (linked && !(await inspect(join(found.native, "bin"), { ...account, isOther: false }))) return undefined;
  const copy = await stage({ ...found, stagingDir });
  return inspect(join(copy, "bin"), account);
}

/** What is in `directory`, run as the account that will run it; undefined when it cannot be run. */
export async function inspect(directory: string, account: Account): Promise<Binaries | undefined> {
  try {
    await access(join(directory, "initdb"), constants.X_OK);
    const { stdout } = await run(join(directory, "postgres"), ["--version"], { ...spawnAs(account), timeout: 10_000 });
    const version = /\(PostgreSQL\) ((\d+)[.\w]*)/.exec(stdout);
    if (!version?.[1]) return undefined;
    return { directory, version: version[1], major: Number(version[2]) };
  } catch {
    return undefined;
  }
}
