import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { waitUntil } from "../../../src/adapters/postgres/launcher/processes.ts";
import { freePort } from "../../support/broker.ts";
import { Program } from "../../support/process-program.ts";
import { reachableDirectory } from "../../support/process-world.ts";
import { builtPage } from "./built.ts";

export interface Demonstration {
  /** Of the page, without a slash at its end. */
  readonly url: string;
  close(): Promise<void>;
}

/** Under which variable a run hands its tests the demonstration that they share. */
export const demonstrationVariable = "LINKY_TEST_DEMONSTRATION";

/** The one that all tests of the run look at, and change nothing of; one of its own where there is none. */
export async function sharedDemonstration(): Promise<Demonstration> {
  const url = process.env[demonstrationVariable];
  return url === undefined ? startDemonstration() : { url, close: async () => undefined };
}

/**
 * The whole program with its invented household, on ports of its own, once its history is there; `more` are further
 * options of the command, such as `--play` with a recording.
 */
export async function startDemonstration(
  language: "fr" | "en" = "fr",
  more: readonly string[] = [],
): Promise<Demonstration> {
  assert.ok(builtPage() !== null, "The page is not built: npm run build:page");
  const home = await reachableDirectory();
  const program = new Program(["demo", "--language", language, "--port", "0", ...more], {
    env: {
      HOME: home,
      LINKY_DATA_DIR: join(home, "data"),
      API_PORT: String(await freePort()),
      LINKY_WEB_PORT: String(await freePort()),
    },
  });
  const close = async (): Promise<void> => {
    if (program.isRunning) program.send("SIGTERM");
    await program.ended();
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await waitUntil(() => !program.isRunning || /Ctrl-C/.test(program.stdout), { withinMs: 180_000 });
    const [, url] = /(?:La page|The page)[^\n]*?(http:\/\/127\.0\.0\.1:\d+)/.exec(program.stdout) ?? [];
    assert.ok(program.isRunning && url !== undefined, `the demonstration shows no page:\n${program.said}`);
    return { url, close };
  } catch (error) {
    await close();
    throw error;
  }
}
