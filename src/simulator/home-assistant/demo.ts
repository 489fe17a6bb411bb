import { randomBytes } from "node:crypto";
import type { Clock } from "../../shared/clock.ts";
import { createHomeAssistant } from "./double.ts";

export interface DemoHomeAssistant {
  readonly url: string;
  /** An administrator's, made for this demonstration. */
  readonly token: string;
  /** Rows that its recorder holds, by series. */
  countRows(): ReadonlyMap<string, number>;
  close(): Promise<void>;
}

/** A Home Assistant of today on a free port of this machine, empty. */
export async function startDemoHomeAssistant(clock: Clock): Promise<DemoHomeAssistant> {
  const token = randomBytes(24).toString("base64url");
  const double = createHomeAssistant({ clock, tokens: [{ token, isAdmin: true }] });
  const { url, close } = await double.listen({ port: 0 });
  return {
    url,
    token,
    countRows: () => new Map([...double.ids()].sort().map((id) => [id, double.rows(id).length])),
    close,
  };
}
