import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";
import { sharedFile } from "../support/shared-files.ts";

/** The observed OpenAPI document, against which every answer in these tests is held. */
export const contractFile = "contracts/gateway.openapi.yaml";

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null;

interface Contract {
  readonly document: Json;
  readonly ajv: Ajv2020;
}

let loaded: Contract | null | undefined;

function contract(): Contract | null {
  if (loaded !== undefined) return loaded;
  const path = sharedFile(contractFile);
  loaded = path === undefined ? null : load(path);
  return loaded;
}

function load(path: string): Contract {
  const document: unknown = parse(readFileSync(path, "utf8"));
  assert.ok(isObject(document));
  const ajv = new Ajv2020({ strict: false, validateSchema: false, allErrors: true });
  ajv.addFormat("date", /^\d{4}-\d{2}-\d{2}$/);
  ajv.addFormat("date-time", /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/);
  ajv.addFormat("uuid", /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  ajv.addSchema(document, "contract");
  return { document, ajv };
}

function at(document: Json, pointer: readonly string[]): unknown {
  let value: unknown = document;
  for (const key of pointer) value = isObject(value) ? value[key] : undefined;
  return value;
}

const escaped = (pointer: readonly string[]): string =>
  pointer.map((key) => encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/");

/** The answers that the document gives for a route, by status. */
export function documentedRoutes(): { readonly method: string; readonly pattern: string }[] {
  const known = contract();
  const paths = known ? at(known.document, ["paths"]) : {};
  return Object.entries(isObject(paths) ? paths : {}).flatMap(([pattern, methods]) =>
    Object.keys(isObject(methods) ? methods : {}).map((method) => ({ method: method.toUpperCase(), pattern })),
  );
}

/**
 * Fails unless the document describes this answer and the body is of its shape. Does nothing where the document is
 * absent; `contract.test.ts` fails then in CI.
 */
export function assertDocumented(
  { method, pattern, status }: { method: string; pattern: string; status: number },
  body: unknown,
): void {
  const known = contract();
  if (!known) return;
  const responses = ["paths", pattern, method.toLowerCase(), "responses"];
  const keys = [String(status), `${String(status)[0]}XX`];
  const key = keys.find((one) => at(known.document, [...responses, one]) !== undefined);
  assert.ok(key, `${method} ${pattern} is not documented to answer ${status}`);
  const reference = at(known.document, [...responses, key, "$ref"]);
  const response = typeof reference === "string" ? reference.slice(2).split("/") : [...responses, key];
  const validate = known.ajv.compile({
    $ref: `contract#/${escaped([...response, "content", "application/json", "schema"])}`,
  });
  const isValid = validate(body);
  assert.ok(
    isValid,
    `${method} ${pattern} ${status}: ${known.ajv.errorsText(validate.errors)}\n${JSON.stringify(body).slice(0, 600)}`,
  );
}
