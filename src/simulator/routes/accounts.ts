import { utcDayAt } from "../../domain/calendar.ts";
import { issueToken } from "../auth.ts";
import { type Reply, success } from "../reply.ts";
import type { Route, Visit } from "../visit.ts";

function usageStats(visit: Visit): Reply {
  const { account, now } = visit;
  const used = account.used(now);
  return success({
    cached_requests: used.cached,
    no_cache_requests: used.no_cache,
    cached_limit: account.limits.cached,
    no_cache_limit: account.limits.no_cache,
    date: utcDayAt(now),
  });
}

/** Clears what consumption routes cached of a usage point, and nothing else: neither production nor the blacklist. */
function clearCache(visit: Visit): Reply {
  const point = visit.ownedPoint();
  const deleted = visit.state.caches.deleteWhere(
    (key) => key.startsWith(`${point.clientId}:consumption:`) && key.includes(`:${point.usagePointId}:`),
  );
  return success({ message: "Cache cleared", deleted_keys: deleted });
}

export const accountRoutes: readonly Route[] = [
  {
    method: "POST",
    pattern: "/accounts/token",
    access: "public",
    answer: ({ request, state, now }) => issueToken(request, state.accounts, state.signingKey, now),
  },
  { method: "GET", pattern: "/accounts/usage-stats", access: "account", answer: usageStats },
  { method: "DELETE", pattern: "/enedis/cache/{usage_point_id}", access: "verified", answer: clearCache },
];
