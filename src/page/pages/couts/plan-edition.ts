/** What is being done to the user's plans, as the address tells it: `nouvelle`, `2`, `2-fin`, `2-suppression`. */
export type Edition =
  | { readonly kind: "new" }
  | { readonly kind: "edit" | "end" | "remove"; readonly position: number };

/** Null where the address tells nothing that can be done to `count` entries. */
export function editionIn(text: string | undefined, count: number): Edition | null {
  if (text === "nouvelle") return { kind: "new" };
  const [, digits, what] = /^(\d+)(-fin|-suppression)?$/.exec(text ?? "") ?? [];
  const position = Number(digits);
  if (digits === undefined || position >= count) return null;
  return { kind: what === "-fin" ? "end" : what === "-suppression" ? "remove" : "edit", position };
}
