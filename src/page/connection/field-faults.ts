export interface FieldFaults {
  /** Sentences by the option's key, without the key itself. */
  readonly byKey: Readonly<Record<string, string>>;
  /** What is about no field that is shown. */
  readonly rest: string;
}

/** The API's sentences `clé (endroit) : …`, each beside the field that it is about. */
export function faultsByField(text: string, keys: readonly string[]): FieldFaults {
  const heads = [...text.matchAll(/(?:^|(?<=\s))([a-z][a-z_]+)(?: \([^)]*\))? ?: /g)].filter(([, key]) =>
    keys.includes(key ?? ""),
  );
  const byKey: Record<string, string> = {};
  heads.forEach((head, position) => {
    const [whole, key = ""] = head;
    const sentence = text.slice(head.index + whole.length, heads[position + 1]?.index ?? text.length).trim();
    byKey[key] = [byKey[key], sentence.charAt(0).toUpperCase() + sentence.slice(1)].filter(Boolean).join(" ");
  });
  return { byKey, rest: text.slice(0, heads[0]?.index ?? text.length).trim() };
}
