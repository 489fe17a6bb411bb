import { accountRoutes } from "./routes/accounts.ts";
import { batchRoutes } from "./routes/batch.ts";
import { consumptionDailyRoutes } from "./routes/consumption-daily.ts";
import { consumptionDetailRoutes } from "./routes/consumption-detail.ts";
import { ecowattRoutes } from "./routes/ecowatt.ts";
import { energyRoutes } from "./routes/energy.ts";
import { nationalRoutes } from "./routes/national.ts";
import { pdlRoutes } from "./routes/pdl.ts";
import { relayedRoutes } from "./routes/relayed.ts";
import { tempoRoutes } from "./routes/tempo.ts";
import type { Route } from "./visit.ts";

export const routes: readonly Route[] = [
  ...accountRoutes,
  ...pdlRoutes,
  ...consumptionDailyRoutes,
  ...consumptionDetailRoutes,
  ...batchRoutes,
  ...relayedRoutes,
  ...tempoRoutes,
  ...ecowattRoutes,
  ...energyRoutes,
  ...nationalRoutes,
];

const compiled = routes.map((route) => ({
  route,
  expression: new RegExp(`^${route.pattern.replace(/\{\w+\}/, "([^/]+)")}$`),
}));

/** The proxy in front of the gateway takes `/api` away; the gateway alone answers at its root. */
export const stripPrefix = (path: string): string => (/^\/api(\/|$)/.test(path) ? path.slice(4) || "/" : path);

export type Match = { readonly route: Route; readonly parameter: string } | "unknown" | "other_method";

/** No slash is added or taken away: `/pdl/` is unknown. The first route that fits wins, as `/tempo/days` over `{…}`. */
export function matchRoute(method: string, path: string): Match {
  let isKnown = false;
  for (const { route, expression } of compiled) {
    const found = expression.exec(path);
    if (!found) continue;
    if (route.method === method) return { route, parameter: found[1] ?? "" };
    isKnown = true;
  }
  return isKnown ? "other_method" : "unknown";
}
