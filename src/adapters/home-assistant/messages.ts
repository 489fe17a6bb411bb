import { z } from "zod";
import type { CommandError } from "./failure.ts";

/** What Home Assistant sends, as far as it is used. */
const authentication = z.looseObject({
  type: z.enum(["auth_required", "auth_ok", "auth_invalid"]),
  ha_version: z.string().optional(),
  message: z.string().optional(),
});
export type Authentication = z.infer<typeof authentication>;

/** The result is looked at where it is used: it may hold many thousand rows. */
const result = z.looseObject({
  id: z.number(),
  type: z.literal("result"),
  success: z.boolean(),
  error: z.looseObject({ code: z.coerce.string(), message: z.string().default("") }).optional(),
});

export interface Reply {
  readonly id: number;
  readonly outcome: { readonly value: unknown } | { readonly error: CommandError };
}

/** Undefined unless `text` is JSON. */
export function parseFrame(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Undefined where the message is none of the login's. */
export function parseAuthentication(value: unknown): Authentication | undefined {
  const parsed = authentication.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

/** The replies in a frame: one message, or a list of them. Events and pongs are nobody's reply. */
export function parseReplies(value: unknown): readonly Reply[] {
  const messages: readonly unknown[] = Array.isArray(value) ? value : [value];
  return messages.flatMap((message) => {
    const parsed = result.safeParse(message);
    if (!parsed.success) return [];
    const { id, success, error = { code: "unknown_error", message: "" } } = parsed.data;
    return [{ id, outcome: success ? { value: parsed.data.result } : { error } }];
  });
}
