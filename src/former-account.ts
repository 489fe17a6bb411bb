import type { Store } from "./sync/store.ts";

/**
 * The store as an account sees it that has not been told any usage point yet: until its first list has come, it shows
 * those that the store knows. Otherwise a new client id, or a mistyped one, would hide a whole history, and take its
 * entities out of Home Assistant.
 */
export function withFormerAccount(store: Store): Store {
  const former = async (account: string): Promise<string> => (await store.loadAccounts())[0] ?? account;
  const shown = async (account: string): Promise<string> =>
    (await store.loadUsagePoints(account)).length > 0 ? account : former(account);
  return {
    ...store,
    async loadUsagePoints(account) {
      const own = await store.loadUsagePoints(account);
      return own.length > 0 ? own : store.loadUsagePoints(await former(account));
    },
    loadKnownSpans: async (account) => store.loadKnownSpans(await shown(account)),
    loadCities: async (account) => store.loadCities(await shown(account)),
  };
}
