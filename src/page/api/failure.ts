import type { Text } from "../../shared/language.ts";

interface FailureParts {
  readonly code: string;
  readonly status: number;
  readonly text: Text;
  readonly retryAfterSeconds?: number | null;
}

/** A request that did not give what was asked, as a sentence for the reader. */
export class Failure extends Error {
  override readonly name = "Failure";
  /** Stable; the API's own, or `offline` and `unreadable`. */
  readonly code: string;
  /** 0 where nothing answered. */
  readonly status: number;
  readonly text: Text;
  /** Seconds until the same may be asked again, where it is a matter of waiting. */
  readonly retryAfterSeconds: number | null;

  constructor({ code, status, text, retryAfterSeconds = null }: FailureParts) {
    super(text.en);
    this.code = code;
    this.status = status;
    this.text = text;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export const offline = (): Failure =>
  new Failure({
    code: "offline",
    status: 0,
    text: {
      fr: "Linky Bridge ne répond pas. Ce qui est déjà affiché reste exact ; vérifiez que l'application est démarrée, puis réessayez.",
      en: "Linky Bridge does not answer. What is shown already stays right; check that the app is running, then try again.",
    },
  });

/** The failure that an answer tells: the API's own sentence, or what can be said without. `retryAfter`: its header. */
export function failureOf(status: number, content: unknown, retryAfter: string | null = null): Failure {
  const told = errorIn(content);
  if (told !== null) return new Failure({ ...told, status, retryAfterSeconds: secondsIn(retryAfter) });
  return new Failure({
    code: "unreadable",
    status,
    text: {
      fr: `Linky Bridge a donné une réponse que cette page ne comprend pas (${status}). Rechargez la page ; si cela continue, le journal de l'application en dit plus.`,
      en: `Linky Bridge gave an answer that this page does not understand (${status}). Reload the page; if it goes on, the app's log tells more.`,
    },
  });
}

/** The header's other form, a date, is not the API's. */
const secondsIn = (header: string | null): number | null => (/^\d+$/.test(header ?? "") ? Number(header) : null);

/** `{error: {code, fr, en}}`, the one form of the API's errors. */
function errorIn(content: unknown): { code: string; text: Text } | null {
  if (!isRecord(content) || !isRecord(content.error)) return null;
  const { code, fr, en } = content.error;
  if (typeof code !== "string" || typeof fr !== "string" || typeof en !== "string") return null;
  return { code, text: { fr, en } };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
