import ky, { type KyInstance, type Options } from "ky";

/**
 * A client that asks once and hands over whatever comes back: only its caller knows whether a repetition may double
 * something, and sets one limit for the whole exchange; ky's own covers the head of the answer alone.
 */
export const plainClient = (own: Pick<Options, "fetch" | "headers" | "redirect">): KyInstance =>
  ky.create({ retry: 0, timeout: false, throwHttpErrors: false, credentials: "omit", ...own });
