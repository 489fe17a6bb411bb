/** Stands in for a test's context where something outlives a test: what was opened is closed last first. */
export function holding() {
  const ends: (() => unknown)[] = [];
  return {
    after: (end: () => unknown): void => void ends.unshift(end),
    async end(): Promise<void> {
      for (const end of ends) await end();
    },
  };
}
