import { execFile } from "node:child_process";
import { readdir, readFile, readlink, stat } from "node:fs/promises";
import { basename } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);
const hasProc = process.platform === "linux";

/** Whether some process bears `pid` now, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/**
 * What tells a process from a later one with the same pid: the boot and its start time. Undefined when there is no such
 * process.
 */
export async function processIdentity(pid: number): Promise<string | undefined> {
  try {
    if (!hasProc) return (await run("ps", ["-o", "lstart=", "-p", String(pid)])).stdout.trim() || undefined;
    const text = await readFile(`/proc/${pid}/stat`, "utf8");
    // The second field is the name in parentheses and may contain anything; the start time is field 22 (man 5 proc).
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const [state, startTicks] = [fields[0], fields[19]];
    if (state === "Z" || state === "X") return undefined;
    const boot = (await readFile("/proc/sys/kernel/random/boot_id", "utf8")).trim();
    return `${boot}/${startTicks}`;
  } catch {
    return undefined;
  }
}

/** Whether `pid` is a PostgreSQL server process of the cluster in `directory`. Never true for another user's process. */
export async function isServerOf(directory: string, pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (!hasProc) return (await psCommand(pid)).includes(directory) && /postgres/.test(await psCommand(pid));
  try {
    // After an upgrade of the package the link reads "/usr/lib/…/postgres (deleted)".
    const executable = basename((await readlink(`/proc/${pid}/exe`)).replace(/ \(deleted\)$/, ""));
    return executable === "postgres" && (await isSameFile(`/proc/${pid}/cwd`, directory));
  } catch {
    return false;
  }
}

/** Every process of the cluster: the server and its backends, all of which work in its directory. */
export async function serverProcesses(directory: string): Promise<readonly number[]> {
  if (!hasProc) return [];
  const found: number[] = [];
  for (const name of await readdir("/proc")) {
    const pid = Number(name);
    if (Number.isInteger(pid) && (await isServerOf(directory, pid))) found.push(pid);
  }
  return found;
}

async function psCommand(pid: number): Promise<string> {
  return run("ps", ["-o", "command=", "-p", String(pid)]).then(
    ({ stdout }) => stdout,
    () => "",
  );
}

async function isSameFile(a: string, b: string): Promise<boolean> {
  const [one, other] = [await stat(a), await stat(b)];
  return one.dev === other.dev && one.ino === other.ino;
}

/** Sends `signal`; a process that ended meanwhile is no error. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

/** Polls until `condition` holds; false when it does not within `withinMs`. */
export async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  { withinMs, everyMs = 20, signal }: { withinMs: number; everyMs?: number; signal?: AbortSignal | undefined },
): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() >= deadline) return false;
    await delay(everyMs, undefined, signal ? { signal } : {});
  }
  return true;
}
