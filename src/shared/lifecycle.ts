/** Registers what has to be let go at the end. */
export type Defer = (release: () => Promise<unknown> | unknown) => void;

/**
 * Runs `use`, then every deferred release in reverse order, whether it ended well or not. A failing release does not keep
 * the others from running; the first failure of all is the one thrown.
 */
export async function withReleasers<T>(use: (defer: Defer) => Promise<T>): Promise<T> {
  const releases: (() => Promise<unknown> | unknown)[] = [];
  const failures: unknown[] = [];
  let result: { readonly value: T } | undefined;
  try {
    result = { value: await use((release) => releases.push(release)) };
  } catch (error) {
    failures.push(error);
  }
  for (const release of releases.reverse()) {
    try {
      await release();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0 || result === undefined) throw failures[0];
  return result.value;
}
