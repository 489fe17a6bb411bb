import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { serverProcesses } from "../../src/adapters/postgres/launcher/processes.ts";

/** Memory of a process in MB, from /proc (man 5 proc_pid_status); NaN where there is none. */
export interface Memory {
  readonly rssMb: number;
  /** The highest RSS since the process started. */
  readonly peakRssMb: number;
}

export async function memoryOf(pid: number): Promise<Memory> {
  const text = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return { rssMb: megabytes(text, "VmRSS"), peakRssMb: megabytes(text, "VmHWM") };
}

/** The cluster's share of the machine's memory: what its processes share is counted once. */
export async function clusterPssMb(clusterDir: string): Promise<number> {
  const texts = await Promise.all(
    (await serverProcesses(clusterDir)).map((pid) => readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "")),
  );
  return texts.reduce((sum, text) => sum + megabytes(text, "Pss"), 0);
}

function megabytes(text: string, field: string): number {
  const match = new RegExp(`^${field}:\\s+(\\d+) kB$`, "m").exec(text);
  return match ? Number(match[1]) / 1024 : Number.NaN;
}

/** CPU time that the living processes of a cluster have used, in seconds. */
export async function clusterCpuSeconds(clusterDir: string): Promise<number> {
  const ticksPerSecond = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));
  let ticks = 0;
  for (const pid of await serverProcesses(clusterDir)) {
    const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
    // Behind the name in parentheses, utime and stime are the 12th and 13th field (man 5 proc_pid_stat).
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    ticks += Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
  }
  return ticks / ticksPerSecond;
}
