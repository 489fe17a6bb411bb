import type { MetricLabels, Samples } from "./wire.ts";

/** The server reads lines of 10 MiB and more; small ones keep what one fault can spoil small. */
export const mostSamplesPerLine = 5_000;
/** Characters of a request before compression; no limit of the server's is known. */
export const mostCharactersPerRequest = 2_000_000;

export interface Import {
  readonly metric: MetricLabels;
  readonly samples: Samples;
}

/** JSON lines as `/api/v1/import` takes them, packed into bodies of bounded size that end in a newline each. */
export function* importBodies(imports: readonly Import[]): Generator<string> {
  let body = "";
  for (const line of lines(imports)) {
    if (body !== "" && body.length + line.length > mostCharactersPerRequest) {
      yield body;
      body = "";
    }
    body += line;
  }
  if (body !== "") yield body;
}

function* lines(imports: readonly Import[]): Generator<string> {
  for (const { metric, samples } of imports)
    for (let from = 0; from < samples.timestamps.length; from += mostSamplesPerLine) {
      const to = from + mostSamplesPerLine;
      const timestamps = samples.timestamps.slice(from, to);
      const values = samples.values.slice(from, to);
      if (!timestamps.every(Number.isInteger) || !values.every(Number.isFinite))
        throw new RangeError("Only finite values at whole milliseconds can be written");
      yield `${JSON.stringify({ metric, values, timestamps })}\n`;
    }
}
