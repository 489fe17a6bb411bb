import { headerSecrets, registerSecret } from "../../shared/log.ts";
import { failure } from "./failure.ts";
import type { VictoriaMetricsSettings } from "./settings.ts";

/** Which of the three base addresses a request goes to. */
export type Side = "write" | "read" | "delete";
export type Bases = Readonly<Record<Side, string>>;

type Addresses = Pick<VictoriaMetricsSettings, "writeUrl" | "readUrl" | "deleteUrl">;

/** @throws ExportFailure for what is no address of http or https, or holds a password. */
export function basesOf({ writeUrl, readUrl, deleteUrl }: Addresses): Bases {
  const write = baseOf(writeUrl);
  return { write, read: baseOf(readUrl || write), delete: baseOf(deleteUrl || write) };
}

function baseOf(text: string): string {
  const url = URL.parse(text.trim());
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "")
    throw failure("wrong_address", { url: shown(text) });
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

/** What is no address may hold anything: its beginning, up to where a password could stand, is enough to be known again. */
const shown = (text: string): string => JSON.stringify((text.split(/[@?]|(?<=:\/\/)/)[0] ?? "").slice(0, 60));

type Credentials = Pick<VictoriaMetricsSettings, "username" | "password" | "token" | "headers">;

/** Headers of every request. One that the user wrote wins. */
export function headersOf({ username, password, token, headers = {} }: Credentials): Readonly<Record<string, string>> {
  const all = new Headers();
  if (username || password) {
    const basic = Buffer.from(`${username ?? ""}:${password ?? ""}`).toString("base64");
    registerSecret(basic);
    all.set("authorization", `Basic ${basic}`);
  }
  if (token) all.set("authorization", `Bearer ${token}`);
  for (const [name, value] of Object.entries(headers)) all.set(name, value);
  return Object.fromEntries(all);
}

/** Registers what no line and no error may tell. */
export function registerSecrets(settings: Credentials & Pick<VictoriaMetricsSettings, "deleteAuthKey">): void {
  const { password, token, deleteAuthKey, headers = {} } = settings;
  const secrets = [password, token, deleteAuthKey, ...Object.values(headers).flatMap(headerSecrets)];
  for (const secret of secrets) if (secret) registerSecret(secret);
}
