/**
 * The few Jinja forms that are needed: `{{ value }}`, and over the parsed payload a path, a path with `or ''`, a path
 * unless it equals a text, `| to_json`, and `{'key': path} | to_json`. Anything else throws, so that no test passes over
 * a template that was not understood.
 */
export interface Rendered {
  readonly text: string;
  /** Keys the template reads and the payload lacks: Home Assistant warns and renders nothing for them. */
  readonly missing: readonly string[];
}

const path = "value_json(?:\\.\\w+|\\[\\d*:?\\d*\\])*";
const forms = {
  path: new RegExp(`^(${path})$`),
  orEmpty: new RegExp(`^(${path}) or ''$`),
  unless: new RegExp(`^(${path}) if \\1 != '([^']*)' else None$`),
  json: new RegExp(`^(${path}) \\| to_json$`),
  object: new RegExp(`^\\{'(\\w+)': (${path})\\} \\| to_json$`),
};

export function render(template: string | undefined, payload: string): Rendered {
  if (template === undefined) return { text: payload, missing: [] };
  const inner = /^\{\{ (.*) \}\}$/.exec(template)?.[1];
  if (inner === undefined) throw new Error(`A template this fake does not read: ${template}`);
  if (inner === "value") return { text: payload, missing: [] };
  const value: unknown = JSON.parse(payload);
  const missing: string[] = [];
  const at = (written: string | undefined): unknown => lookUp(value, written ?? "", missing);
  const text = ((): string => {
    let match = forms.path.exec(inner);
    if (match) return spelled(at(match[1]));
    match = forms.orEmpty.exec(inner);
    if (match) return at(match[1]) ? spelled(at(match[1])) : "";
    match = forms.unless.exec(inner);
    if (match) return at(match[1]) === match[2] ? "None" : spelled(at(match[1]));
    match = forms.json.exec(inner);
    if (match) return JSON.stringify(at(match[1]));
    match = forms.object.exec(inner);
    if (match) return JSON.stringify({ [match[1] ?? ""]: at(match[2]) });
    throw new Error(`A template this fake does not read: ${template}`);
  })();
  return { text, missing };
}

/** Jinja's spelling of Python values. */
function spelled(value: unknown): string {
  if (value === undefined) return "";
  if (value === null) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function lookUp(root: unknown, written: string, missing: string[]): unknown {
  let value = root;
  for (const [step, name, from, colon, to] of written.matchAll(/\.(\w+)|\[(\d*)(:?)(\d*)\]/g)) {
    if (name !== undefined) value = typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
    else if (Array.isArray(value) && colon) value = value.slice(Number(from || 0), to ? Number(to) : undefined);
    else if (Array.isArray(value)) value = value[Number(from)];
    else value = undefined;
    if (value === undefined) {
      missing.push(`${written} at ${step}`);
      return undefined;
    }
  }
  return value;
}
