import { readdirSync, readFileSync } from "node:fs";

/** A process of the container, seen from outside of it. */
export interface ContainerProcess {
  readonly pid: number;
  readonly parent: number;
  readonly uid: number;
  /** The program and its arguments, with spaces between. */
  readonly command: string;
}

/** `ancestor` and all that descend from it, parents first. Processes that end meanwhile are left out. */
export function processTree(ancestor: number): readonly ContainerProcess[] {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)) ?? []);
  const tree = all.filter(({ pid }) => pid === ancestor);
  for (const one of tree) tree.push(...all.filter(({ parent }) => parent === one.pid));
  return tree;
}

function readProcess(pid: number): ContainerProcess | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const field = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1]);
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    // A zombie has no command line.
    return command === "" ? undefined : { pid, parent: field("PPid"), uid: field("Uid"), command };
  } catch {
    return undefined;
  }
}

/** Memory of processes together, in MB: what they share is counted once (proportional set size). */
export function memoryOfMb(pids: readonly number[]): number {
  const kilobytes = pids.map((pid) => {
    try {
      return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0);
    } catch {
      return 0;
    }
  });
  return kilobytes.reduce((sum, each) => sum + each, 0) / 1_024;
}
