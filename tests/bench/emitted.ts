import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const repository = fileURLToPath(new URL("../..", import.meta.url));

/**
 * The program as the image and the npm package have it: JavaScript that no types have to be stripped of. In a new
 * temporary directory, which its caller removes.
 */
export function emittedProgram(): string {
  const root = mkdtempSync(join(tmpdir(), "linky-emitted-"));
  chmodSync(root, 0o755);
  const compiler = join(repository, "node_modules", ".bin", "tsc");
  execFileSync(compiler, ["-p", "tsconfig.build.json", "--outDir", join(root, "dist")], { cwd: repository });
  const migrations = join("adapters", "postgres", "migrations");
  cpSync(join(repository, "src", migrations), join(root, "dist", migrations), { recursive: true });
  mkdirSync(join(root, "src"));
  for (const file of ["package.json", "CHANGELOG.md", join("src", "bin.mjs")])
    cpSync(join(repository, file), join(root, file));
  for (const directory of ["node_modules", "dist-page"])
    symlinkSync(join(repository, directory), join(root, directory), "dir");
  return root;
}
