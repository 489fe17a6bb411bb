import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import type { RouteContext } from "./parts.ts";
import { adoptionRoutes } from "./routes/adoption.ts";
import { backupRoutes } from "./routes/backup.ts";
import { balanceRoutes } from "./routes/balance.ts";
import { billRoutes } from "./routes/bill.ts";
import { compareRoutes } from "./routes/compare.ts";
import { contributionRoutes } from "./routes/contribution.ts";
import { demoRoutes } from "./routes/demo.ts";
import { diagnosticsRoutes } from "./routes/diagnostics.ts";
import { ecowattRoutes } from "./routes/ecowatt.ts";
import { energyRoutes } from "./routes/energy.ts";
import { exportRoutes } from "./routes/exports.ts";
import { healthRoutes } from "./routes/health.ts";
import { metricsRoutes } from "./routes/metrics.ts";
import { overviewRoutes } from "./routes/overview.ts";
import { planRoutes } from "./routes/plans.ts";
import { powerRoutes } from "./routes/power.ts";
import { profileRoutes } from "./routes/profile.ts";
import { qualityRoutes } from "./routes/quality.ts";
import { readingRoutes } from "./routes/readings.ts";
import { seriesRoutes } from "./routes/series.ts";
import { sessionRoutes } from "./routes/session.ts";
import { settingsRoutes } from "./routes/settings.ts";
import { statisticsRoutes } from "./routes/statistics.ts";
import { syncRoutes } from "./routes/sync.ts";
import { tariffRoutes } from "./routes/tariff.ts";
import { tempoRoutes } from "./routes/tempo.ts";
import { tokenRoutes } from "./routes/tokens.ts";
import { usagePointRoutes } from "./routes/usage-points.ts";
import { welcomeRoutes } from "./routes/welcome.ts";

/** All routes of the API, by family: a new one is a line here. The document at /docs is made of the same list. */
export const families: readonly ((context: RouteContext) => FastifyPluginAsyncZod)[] = [
  welcomeRoutes,
  sessionRoutes,
  tokenRoutes,
  settingsRoutes,
  healthRoutes,
  metricsRoutes,
  syncRoutes,
  overviewRoutes,
  usagePointRoutes,
  seriesRoutes,
  ecowattRoutes,
  tempoRoutes,
  balanceRoutes,
  profileRoutes,
  powerRoutes,
  readingRoutes,
  statisticsRoutes,
  energyRoutes,
  adoptionRoutes,
  billRoutes,
  compareRoutes,
  tariffRoutes,
  qualityRoutes,
  backupRoutes,
  diagnosticsRoutes,
  exportRoutes,
  planRoutes,
  contributionRoutes,
  demoRoutes,
];
