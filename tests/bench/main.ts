import { loadavg } from "node:os";
import { type BenchResult, holds, resultLine } from "./result.ts";

/** In the order in which they run; each is a file of that name. */
const benches = [
  "domain",
  "statistics-domain",
  "pricing",
  "store",
  "statistics-run",
  "idle",
  "memory",
  "backup",
  "api",
  "page-size",
  "page",
  "readers",
  "victoria-metrics",
];

/**
 * `npm run bench [names…]` measures what is named, or everything, one after the other: a line per figure, and the load
 * under which each bench began, because others' work makes every time longer. Exit code 1 when a limit is broken.
 */
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !benches.includes(name));
if (unknown.length > 0) throw new Error(`There is no bench ${unknown.join(", ")}; there are ${benches.join(", ")}`);
const results: BenchResult[] = [];
for (const name of benches.filter((bench) => asked.length === 0 || asked.includes(bench))) {
  const { run }: { readonly run: () => Promise<BenchResult[]> } = await import(`./${name}.bench.ts`);
  console.log(`# ${name}, load ${loadavg()[0]?.toFixed(2)}`);
  const found = await run();
  for (const result of found) console.log(resultLine(result));
  results.push(...found);
}
const broken = results.filter((result) => !holds(result));
const limited = results.filter(({ limit }) => limit !== undefined);
console.log(`${limited.length - broken.length} of ${limited.length} limits hold`);
for (const result of broken) console.log(resultLine(result));
if (broken.length > 0) process.exitCode = 1;
