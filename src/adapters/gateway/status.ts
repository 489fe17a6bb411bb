import { z } from "zod";
import { isEnvelope, type Opened, openEnvelope } from "./envelope.ts";
import { verdictOfText, withMessage } from "./errors.ts";
import { quota, rejected, unauthorized, unavailable } from "./failure.ts";
import type { HttpReply } from "./http.ts";

/**
 * What an exchange gave, by its status:
 *
 * | came back | means |
 * |---|---|
 * | nothing | unavailable |
 * | 401 | unauthorized |
 * | 400 `Invalid host header` (text) | rejected: a self-hosted gateway that does not know the name it is called by |
 * | other than JSON | unavailable: the proxy speaks, not the gateway |
 * | 429 with the count of the day | quota (only the EcoWatt routes say it that way) |
 * | 408, 425, 429, 5xx | unavailable |
 * | 2xx, or any envelope | its content decides |
 * | 403 | refused when a code of Enedis says so, else unauthorized |
 * | other 4xx | rejected |
 */
export function openReply(reply: HttpReply, shape: "envelope" | "bare"): Opened {
  if (reply.kind === "nothing") return unavailable(reply.message);
  const { status } = reply;
  if (reply.kind === "text") return openText(status, reply.text, reply.retryAfterMs);
  const said = `HTTP ${status}: ${detailOf(reply.body)}`;
  if (status === 401) return unauthorized(said);
  if (status === 429 && dayCount.test(said)) return quota(said);
  if (status >= 500 || passing.has(status)) return unavailable(said, reply.retryAfterMs);
  if (status >= 200 && status < 300 && shape === "bare") return { outcome: "data", data: reply.body };
  if ((status >= 200 && status < 300) || isEnvelope(reply.body)) return openEnvelope(reply.body);
  if (status === 403) {
    const verdict = verdictOfText(said);
    return verdict ? withMessage(verdict, said) : unauthorized(said);
  }
  return rejected(said);
}

/** Request timeout, too early, too many requests. */
const passing: ReadonlySet<number> = new Set([408, 425, 429]);

/** `Rate limit exceeded: 50/50 requests today` (gateway, routers/ecowatt.py). */
const dayCount = /\b\d+\/\d+\b|requests today/i;

function openText(status: number, text: string, retryAfterMs: number | null): Opened {
  if (status === 401) return unauthorized(`HTTP 401: ${text}`);
  if (status === 400 && /invalid host header/i.test(text)) return rejected(`HTTP 400: ${text}`);
  const title = /<title>([^<]*)<\/title>/i.exec(text)?.[1] ?? "";
  return unavailable(`HTTP ${status} with something else than JSON${title && `: ${title}`}`, retryAfterMs);
}

const detail = z.object({
  detail: z.union([z.string(), z.array(z.object({ loc: z.array(z.unknown()), msg: z.string() }))]),
});
const enveloped = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** The framework's `{"detail": …}` in one line; the fields of a validation with the place of each fault. */
function detailOf(body: unknown): string {
  const parsed = detail.safeParse(body);
  if (!parsed.success) {
    const { data } = enveloped.safeParse(body);
    return data ? `${data.error.code}: ${data.error.message}` : "no detail";
  }
  const { detail: said } = parsed.data;
  return typeof said === "string" ? said : said.map(({ loc, msg }) => `${loc.join(".")}: ${msg}`).join("; ");
}
