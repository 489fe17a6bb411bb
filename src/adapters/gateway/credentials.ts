import { z } from "zod";
import { registerSecret } from "../../shared/log.ts";
import { type Failure, unauthorized } from "./failure.ts";
import type { Send } from "./http.ts";
import { openReply } from "./status.ts";

export interface Account {
  readonly clientId: string;
  readonly clientSecret: string;
}

const token = z.object({ access_token: z.string().min(1) });

/**
 * What proves who asks. The client secret is itself accepted as bearer on every protected route (gateway,
 * middleware/auth.py); a token, which lives 30 days, is fetched only when that is refused.
 */
export class Credentials {
  readonly #account: Account;
  readonly #send: Send;
  readonly #timeoutMs: number;
  #token: string | null = null;

  constructor(account: Account, { send, timeoutMs }: { readonly send: Send; readonly timeoutMs: number }) {
    this.#account = account;
    this.#send = send;
    this.#timeoutMs = timeoutMs;
  }

  get bearer(): string {
    return this.#token ?? this.#account.clientSecret;
  }

  /** Fetches a token for what follows; a failure when there is none to be had. The route reads forms, not JSON. */
  async renew(signal: AbortSignal): Promise<Failure | null> {
    this.#token = null;
    const { clientId, clientSecret } = this.#account;
    const form = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret };
    const request = { method: "POST", path: "/accounts/token", form, timeoutMs: this.#timeoutMs } as const;
    const opened = openReply(await this.#send(request, signal), "bare");
    // 422 says that credentials are missing from the form; either way they are what is wrong.
    if (opened.outcome === "rejected") return unauthorized(opened.message);
    if (opened.outcome !== "data") return opened;
    const parsed = token.safeParse(opened.data);
    if (!parsed.success) return unauthorized("The gateway answered a request for a token without one");
    registerSecret(parsed.data.access_token);
    this.#token = parsed.data.access_token;
    return null;
  }
}
