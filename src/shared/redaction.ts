/** What stands in place of a secret. */
export const mask = "•••";

/** Ends of field names whose values never reach a line, at any depth; case, `-` and `_` do not count. */
const secretKey = /(secret|password|passwd|passphrase|token|authorization|cookie|apikey|databaseurl|connectionstring)$/;

/** Longest first, so that a secret that holds another one goes as a whole. */
let secrets: readonly string[] = [];

/**
 * From now on `secret` is replaced wherever a log line would contain it, as it is and as URLs, forms, JSON and pages spell
 * it. Called where a secret is read. Under four characters nothing is registered: too much else would disappear.
 */
export function registerSecret(secret: string): void {
  if (secret.length < 4) return;
  secrets = [...new Set([...secrets, ...spellingsOf(secret)])].sort((a, b) => b.length - a.length);
}

const spellingsOf = (secret: string): readonly string[] => [
  secret,
  encodeURIComponent(secret.toWellFormed()),
  new URLSearchParams({ s: secret }).toString().slice("s=".length),
  JSON.stringify(secret).slice(1, -1),
  // As Go writes them into a page, and PHP before and since 8.1.
  escaped(secret, { '"': "&#34;", "'": "&#39;" }),
  escaped(secret, { '"': "&quot;" }),
  escaped(secret, { '"': "&quot;", "'": "&#039;" }),
];

const escaped = (text: string, quotes: Readonly<Record<string, string>>): string =>
  text.replaceAll(/[&<>"']/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", ...quotes })[sign] ?? sign);

/** What of a header's value opens something: all of it, what stands behind its scheme, and a password in base64. */
export function headerSecrets(value: string): readonly string[] {
  const [, scheme = "", rest = ""] = /^\s*(\S+)\s+(\S.*?)\s*$/s.exec(value) ?? [];
  if (rest === "") return [value];
  if (scheme.toLowerCase() !== "basic") return [value, rest];
  const [, password = ""] = /^[^:]*:(.*)$/s.exec(Buffer.from(rest, "base64").toString("utf8")) ?? [];
  return [value, rest, ...(password === "" ? [] : [password])];
}

/**
 * `text` without registered secrets, passwords in addresses, and values of authorization headers. Whatever a peer has
 * answered goes through it: every repetition is bounded, since an unbounded one takes seconds for 100 kB without a space.
 */
export function redact(text: string): string {
  let clean = text;
  for (const secret of secrets) if (clean.includes(secret)) clean = clean.replaceAll(secret, mask);
  return clean
    .replaceAll(/([a-z][a-z0-9+.-]{0,30}:\/\/[^\s:/@"]{0,250}):[^\s@"]{1,1000}@/gi, `$1:${mask}@`)
    .replaceAll(/\b(bearer|basic)\s{1,20}(?=[\w.~+/-]{0,10000}[\d=])[\w.~+/=-]{4,}/gi, `$1 ${mask}`);
}

/** A usage point for logs: its last four digits. */
export const shortId = (usagePoint: string): string => `…${usagePoint.slice(-4)}`;

const hideSecrets = (text: string): string =>
  // Topics, paths and messages of others name usage points too: 14 digits that stand alone.
  redact(text).replaceAll(/(?<!\d)\d{14}(?!\d)/g, shortId);

/** A copy of parsed JSON in which no text, key or number tells a secret or a whole usage point. */
export function redactValue(value: unknown): unknown {
  if (typeof value === "string") return hideSecrets(value);
  if (typeof value === "number")
    return hideSecrets(String(value)) === String(value) ? value : hideSecrets(String(value));
  if (Array.isArray(value)) return value.map(redactValue);
  if (typeof value !== "object" || value === null) return value;
  return bufferText(value) ?? redactObject(value);
}

const redactObject = (value: object): object =>
  Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      hideSecrets(key),
      isSecretKey(key) && typeof part !== "boolean" && part !== null ? mask : redactValue(part),
    ]),
  );

const isSecretKey = (key: string): boolean => secretKey.test(key.toLowerCase().replaceAll(/[-_]/g, ""));

/** A Buffer becomes `{type: "Buffer", data: [bytes]}` in JSON, which no reader knows and no search for a secret finds. */
function bufferText(value: object): string | undefined {
  if (!("type" in value && value.type === "Buffer" && "data" in value && Array.isArray(value.data))) return undefined;
  return hideSecrets(Buffer.from(value.data).toString("utf8"));
}
