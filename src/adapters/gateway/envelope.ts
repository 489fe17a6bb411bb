import { z } from "zod";
import { failureOf } from "./errors.ts";
import { type Failure, tidy, unavailable } from "./failure.ts";
import { anything } from "./values.ts";

/** What a route gave: its data with the source's own remark that something is missing, or why there is none. */
export type Opened = { readonly outcome: "data"; readonly data: unknown; readonly incomplete?: string } | Failure;

const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => String(value ?? ""));

/** `{success, data, error, timestamp}`; unknown keys are tolerated. */
const envelope = z.object({
  success: z.boolean(),
  data: anything,
  error: z.object({ code: text, message: text }).nullish(),
});

export const isEnvelope = (body: unknown): boolean => envelope.safeParse(body).success;

/**
 * Opens an envelope. HTTP 200 proves nothing: failures come as `success:false`, before-activation as
 * `success:true` with an error for data, and a half-failed batch as `success:true` beside PARTIAL_DATA.
 */
export function openEnvelope(body: unknown): Opened {
  const parsed = envelope.safeParse(body);
  if (!parsed.success) return unavailable("The answer is JSON, but not the gateway's envelope");
  const { success, data, error } = parsed.data;
  if (!success) return failureOf(error ?? { code: "", message: "" });
  const disguised = errorIn(data);
  if (disguised) return failureOf(disguised);
  const remark = error ? error.message || error.code : "";
  if (remark === "") return { outcome: "data", data };
  return { outcome: "data", data, incomplete: tidy(remark) };
}

const disguisedError = z.object({
  error: text,
  error_description: text,
  description: text,
  enedis_return: anything,
});

/** How deep recorded errors are nested in one another: three levels. */
const deepestError = 4;

/**
 * The error that stands where data should be: `{error, error_description}` of Enedis, bare or wrapped in one or more
 * `enedis_return`, of which the innermost is Enedis' own.
 */
function errorIn(data: unknown, depth = 0): { readonly code: string; readonly message: string } | null {
  if (depth > deepestError) return null;
  const parsed = disguisedError.safeParse(data);
  if (!parsed.success) return null;
  const { error, error_description, description, enedis_return } = parsed.data;
  const inner = errorIn(enedis_return, depth + 1);
  if (inner) return inner;
  return error === "" ? null : { code: error, message: error_description || description };
}
