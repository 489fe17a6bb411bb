import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Account } from "../../src/adapters/postgres/launcher/account.ts";
import type { StartOptions } from "../../src/adapters/postgres/launcher/database.ts";
import type { SocketConnection } from "./test-cluster.ts";

export type HolderMessage =
  | { event: "started"; connection: SocketConnection; version: string; origin: string }
  | { event: "failed"; code: string; message: string }
  | { event: "lost"; message: string }
  | { event: "stopped" };

export interface Holder {
  readonly pid: number;
  /** The next thing it tells. @throws when it ends without a word. */
  next(): Promise<HolderMessage>;
  /** Sends the signal and waits for its end. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
}

const program = fileURLToPath(new URL("database-holder.ts", import.meta.url));
const running = new Set<ChildProcess>();

/** Starts `database-holder.ts` as this user or another. */
export function startHolder(
  options: Pick<StartOptions, "dataDir" | "binDir" | "share" | "settings" | "stagingDir">,
  { as, env = {} }: { as?: Account | undefined; env?: NodeJS.ProcessEnv } = {},
): Holder {
  const child = spawn(process.execPath, [program, JSON.stringify(options)], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...env },
    ...(as ? { uid: as.uid, gid: as.gid } : {}),
  });
  running.add(child);
  child.once("exit", () => running.delete(child));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    pid: child.pid ?? 0,
    async next() {
      const { value, done } = await lines.next();
      if (done) throw new Error("The holder ended without a word");
      return JSON.parse(value) as HolderMessage;
    },
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      await once(child, "exit");
    },
  };
}

/** Ends whatever a failed test left running. Servers they started end with their directory's next owner, or here. */
export function endHolders(): void {
  for (const child of running) child.kill("SIGTERM");
}

/** The message of a start that must succeed. */
export async function started(holder: Holder): Promise<Extract<HolderMessage, { event: "started" }>> {
  const message = await holder.next();
  if (message.event !== "started") throw new Error(`Expected a start, got ${JSON.stringify(message)}`);
  return message;
}

/** The message of a start that must fail. */
export async function failed(holder: Holder): Promise<Extract<HolderMessage, { event: "failed" }>> {
  const message = await holder.next();
  if (message.event !== "failed") throw new Error(`Expected a failure, got ${JSON.stringify(message)}`);
  return message;
}
