import type { FastifyInstance } from "fastify";

/** The methods that the app answers at an address, in alphabetical order; none where it has no such address. */
export type MethodsAt = (path: string) => readonly string[];

/** Has to be called before the routes are registered. */
export function rememberMethods(app: FastifyInstance): MethodsAt {
  const methodsBy = new Map<string, Set<string>>();
  app.addHook("onRoute", ({ url, method }) => {
    const known = methodsBy.get(url) ?? new Set();
    for (const one of [method].flat()) known.add(one);
    methodsBy.set(url, known);
  });
  return (path) => {
    const found = [...methodsBy].flatMap(([pattern, methods]) => (isAt(path, pattern) ? [...methods] : []));
    return [...new Set(found)].sort();
  };
}

/** Whether a path is one of a route's: `/api/bill/:pdl`, `/assets/*`. */
function isAt(path: string, pattern: string): boolean {
  const [parts, wanted] = [path.split("/"), pattern.split("/")];
  if (wanted.at(-1) !== "*" && parts.length !== wanted.length) return false;
  return wanted.every((part, position) => {
    if (part === "*") return parts.length > position;
    if (part.startsWith(":")) return parts[position] !== undefined && parts[position] !== "";
    return part === parts[position];
  });
}
