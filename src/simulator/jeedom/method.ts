import { z } from "zod";
import type { Caller } from "./access.ts";
import { Refusal } from "./refusal.ts";
import type { World } from "./world.ts";

/** What a method may use. */
export interface Call {
  readonly world: World;
  readonly caller: Caller;
}

export interface Method {
  readonly name: string;
  /** What PHP would return; the envelope makes "ok" of what is empty. @throws Refusal */
  run(params: unknown, call: Call): unknown;
}

/** A method of the JSON-RPC. Parameters that it does not know are ignored, as the core ignores them. */
export function method<Fields extends z.ZodRawShape>(
  name: string,
  fields: Fields,
  run: (params: z.infer<z.ZodObject<Fields>>, call: Call) => unknown,
): Method {
  const schema = z.object(fields);
  return {
    name,
    run(params, call) {
      const parsed = schema.safeParse(params);
      if (!parsed.success) throw new Refusal(-32000, `Argument incorrect : ${z.prettifyError(parsed.error)}`);
      return run(parsed.data, call);
    },
  };
}

/** An id as a number, whichever way it is spelled; 0, which nothing bears, where there is none. */
export const idField = z
  .union([z.number(), z.string(), z.null()])
  .optional()
  .transform((id) => Math.trunc(Number(id ?? 0)) || 0);

/** 1, "1" and true are yes. */
export const flagField = z
  .union([z.number(), z.string(), z.boolean(), z.null()])
  .transform((flag) => Number(flag) === 1)
  .optional();

/** Attributes of a JSON column; a list holds none. */
export const mapField = z
  .union([z.record(z.string(), z.unknown()), z.array(z.unknown()).transform((): Record<string, unknown> => ({}))])
  .optional();
