import { registerSecret } from "../../shared/log.ts";
import { failure } from "./failure.ts";

export interface Endpoint {
  /** As it may be shown: without name, password and parameters. */
  readonly url: string;
  readonly apiUrl: string;
  /** For a web server in front that asks for a password; null for none. */
  readonly authorization: string | null;
}

const apiPath = "/core/api/jeeApi.php";

/**
 * The API behind the address that a user writes, which may be the browser's whole line.
 * @throws JeedomFailure for what is no address of http or https.
 */
export function endpointOf(text: string): Endpoint {
  const url = URL.parse(text.trim());
  if (!url || !/^https?:$/.test(url.protocol)) throw failure("wrong_url", { url: shown(text) });
  const path = url.pathname.replace(/(\/core\/api\/jeeApi\.php|\/index\.php)?\/*$/, "");
  const base = `${url.origin}${path}`;
  return { url: base, apiUrl: `${base}${apiPath}`, authorization: authorizationOf(url) };
}

function authorizationOf({ username, password }: URL): string | null {
  if (username === "" && password === "") return null;
  const [name, secret] = [decoded(username), decoded(password)];
  const basic = Buffer.from(`${name}:${secret}`).toString("base64");
  registerSecret(secret);
  registerSecret(basic);
  return `Basic ${basic}`;
}

/** A percent sign that begins no escape stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What is no address may hold anything: its beginning, up to where a password could stand, is enough to be known again. */
const shown = (text: string): string => JSON.stringify((text.split(/[@?]/)[0] ?? "").slice(0, 60));
