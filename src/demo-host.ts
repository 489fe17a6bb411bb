import { z } from "zod";

/** Set by the service that starts its demonstration home, beside a channel to it. */
export const hostVariable = "LINKY_DEMO_HOST";

/** What the demonstration tells its host. */
export const demoNews = z.union([
  z.strictObject({ url: z.url() }).describe("Its page is served there, and has something to show"),
  z.strictObject({ code: z.string(), fr: z.string(), en: z.string() }).describe("It cannot start"),
]);
export type DemoNews = z.infer<typeof demoNews>;

/** The program that a demonstration runs for. */
export interface DemoHost {
  tell(news: DemoNews): void;
  /** Aborts when the host is gone, killed included. */
  readonly gone: AbortSignal;
  /** Lets go of the channel, which keeps the process alive. */
  leave(): void;
}

/** Null where a person started the demonstration. */
export function findDemoHost(env: NodeJS.ProcessEnv): DemoHost | null {
  if (env[hostVariable] === undefined || process.send === undefined) return null;
  const gone = new AbortController();
  const onGone = (): void => gone.abort(new Error("The host is gone"));
  process.once("disconnect", onGone);
  if (!process.connected) onGone();
  return {
    // Whoever has gone meanwhile is told nothing.
    tell: (news) => void process.send?.(news, () => undefined),
    gone: gone.signal,
    leave: () => {
      process.off("disconnect", onGone);
      if (process.connected) process.disconnect();
    },
  };
}
