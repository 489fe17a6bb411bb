import type { Store } from "./sync/store.ts";

/**
 * The store as an account sees it that has not been told any usage point yet: until its first list has come, it shows
 * those that the store knows. Otherwise a new client id, or a mistyped one, would hide a whole history, and take its
 * entities out of Home Assistant.
 */
export function withFormerAccount(store: Store): Store {
  const shown = async (account: string): Promise<string> => {
    if ((await store.loadUsagePoints(account)).length > 0) return account;
    const [former = account] = await store.loadAccounts();
    return former;
  };
  return {
    ...store,
    loadUsagePoints: async (account) => store.loadUsagePoints(await shown(account)),
    loadKnownSpans: async (account) => store.loadKnownSpans(await shown(account)),
    loadCities: async (account) => store.loadCities(await shown(account)),
  };
}
