import { z } from "zod";
import type { Part } from "./life.ts";
import { Refusal } from "./refusal.ts";
import type { Rules } from "./version.ts";
import type { User, World } from "./world.ts";

/** What a command may use. */
export interface Call {
  readonly world: World;
  readonly user: User;
  /** Resolves when the reply has left, or when it never will. */
  readonly replied: Promise<void>;
}

export interface Command {
  readonly type: string;
  readonly part: Part;
  /** @throws Refusal */
  run(message: object, call: Call): unknown;
}

interface Shape<Fields extends z.ZodRawShape> {
  /** The part of the core that knows it. Default `core`. */
  readonly part?: Part;
  readonly needsAdmin?: boolean;
  /** Besides `id` and `type`; any other key is refused. */
  readonly fields?: (rules: Rules) => Fields;
}

/** A command: first its schema is looked at, then the user's rights, then it runs. */
export function command<Fields extends z.ZodRawShape>(
  type: string,
  { part = "core", needsAdmin = false, fields }: Shape<Fields>,
  run: (message: z.infer<z.ZodObject<Fields>>, call: Call) => unknown,
): Command {
  const schemas = new Map<Rules, z.ZodObject<Fields>>();
  const schemaFor = (rules: Rules): z.ZodObject<Fields> => {
    const known = schemas.get(rules) ?? z.strictObject((fields?.(rules) ?? {}) as Fields);
    schemas.set(rules, known);
    return known;
  };
  return {
    type,
    part,
    run(message, call) {
      const { id: _id, type: _type, ...rest } = { id: 0, type, ...message };
      const parsed = schemaFor(call.world.rules).safeParse(rest);
      if (!parsed.success) throw new Refusal("invalid_format", z.prettifyError(parsed.error));
      if (needsAdmin && !call.user.isAdmin) throw new Refusal("unauthorized", "Unauthorized");
      return run(parsed.data, call);
    },
  };
}
