import { Agent, get } from "node:http";
import { createHistogram } from "node:perf_hooks";

/**
 * So many readers for so long, each asking one address after the other over a connection of its own, from the first again
 * after the last; prints what came of it. A process of its own: its work and its memory are not the server's.
 */
interface Wish {
  readonly url: string;
  readonly paths: readonly string[];
  readonly readers: number;
  readonly seconds: number;
}

const { url, paths, readers, seconds }: Wish = JSON.parse(process.argv[2] ?? "{}");
const agent = new Agent({ keepAlive: true, maxSockets: readers });
const took = createHistogram();
const errors = new Map<string, number>();
let bytes = 0;

/** Resolves to null, or to what went wrong. */
const ask = (path: string): Promise<string | null> =>
  new Promise((resolve) => {
    const request = get(`${url}${path}`, { agent, headers: { "accept-encoding": "br" } }, (answer) => {
      answer.on("data", (part: Buffer) => {
        bytes += part.length;
      });
      answer.on("end", () => resolve(answer.statusCode === 200 ? null : `${answer.statusCode} ${path}`));
      answer.on("error", (error) => resolve(`${error.message} ${path}`));
    });
    request.on("error", (error) => resolve(`${error.message} ${path}`));
  });

async function read(first: number, until: number): Promise<void> {
  // Each begins at another address, so that they do not all ask for the same at the same time.
  for (let turn = first; performance.now() < until; turn++) {
    const from = performance.now();
    const error = await ask(paths[turn % paths.length] ?? "/");
    took.record(Math.max(1, Math.round((performance.now() - from) * 1000)));
    if (error !== null) errors.set(error, (errors.get(error) ?? 0) + 1);
  }
}

const from = performance.now();
await Promise.all(Array.from({ length: readers }, (_, position) => read(position, from + seconds * 1000)));
const elapsedSeconds = (performance.now() - from) / 1000;
agent.destroy();
console.log(
  JSON.stringify({
    answers: took.count,
    perSecond: took.count / elapsedSeconds,
    megabytesPerSecond: bytes / 1e6 / elapsedSeconds,
    medianMs: took.percentile(50) / 1000,
    p99Ms: took.percentile(99) / 1000,
    highestMs: took.max / 1000,
    errors: Object.fromEntries(errors),
  }),
);
