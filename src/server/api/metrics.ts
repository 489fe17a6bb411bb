import { z } from "zod";

/** One scrape; docs/metrics.md tells each metric. */
export const metricsText = {
  description: "Prometheus' text format 0.0.4, without times",
  content: { "text/plain": { schema: z.string() } },
};
