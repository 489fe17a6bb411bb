import { run as api } from "./api.bench.ts";
import { run as backup } from "./backup.bench.ts";
import { run as domain } from "./domain.bench.ts";
import { run as idle } from "./idle.bench.ts";
import { run as memory } from "./memory.bench.ts";
import { run as page } from "./page.bench.ts";
import { run as pricing } from "./pricing.bench.ts";
import { type BenchResult, holds, resultLine } from "./result.ts";
import { run as statistics } from "./statistics-domain.bench.ts";
import { run as statisticsRun } from "./statistics-run.bench.ts";
import { run as store } from "./store.bench.ts";
import { run as victoriaMetrics } from "./victoria-metrics.bench.ts";

/** Measures everything one after the other, prints a line per figure; exit code 1 when a limit is broken. */
const results: BenchResult[] = [];
for (const run of [
  domain,
  statistics,
  pricing,
  store,
  statisticsRun,
  idle,
  memory,
  backup,
  api,
  page,
  victoriaMetrics,
]) {
  const found = await run();
  for (const result of found) console.log(resultLine(result));
  results.push(...found);
}
const broken = results.filter((result) => !holds(result));
const limited = results.filter(({ limit }) => limit !== undefined);
console.log(`${limited.length - broken.length} of ${limited.length} limits hold`);
if (broken.length > 0) process.exitCode = 1;
