import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { instant, type LocalDate } from "../../src/domain/units.ts";
import { SteppedClock } from "../../src/shared/clock.ts";
import type { UsagePointOptions } from "../../src/simulator/account.ts";
import { type StepMinutes, sourceOfPower } from "../../src/simulator/energy-source.ts";
import { createGateway, type Gateway, type GatewayOptions } from "../../src/simulator/gateway.ts";
import type { MeterOptions } from "../../src/simulator/meter.ts";
import { assertDocumented } from "./contract.ts";

/** A gateway on a bench: a clock to set, an account, and questions whose answers are held against the document. */
export const clientId = "cli_bench";
export const clientSecret = "bench-secret";
export const pdl = "12345678901234";

export interface Point {
  readonly value: string;
  readonly date: string;
  readonly interval_length: string;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** Of the envelope; null elsewhere. */
  readonly success: boolean | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly data: unknown;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const field = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);

export function list(value: unknown): readonly unknown[] {
  assert.ok(Array.isArray(value), `not a list: ${JSON.stringify(value)?.slice(0, 200)}`);
  return value;
}

export const text = (value: unknown): string => {
  assert.equal(typeof value, "string");
  return String(value);
};

/** As `deepEqual`, for long lists: it names the first difference, where a diff of them all would take the memory. */
export function assertSameList(actual: readonly unknown[], expected: readonly unknown[]): void {
  const position = actual.findIndex((item, index) => !isDeepStrictEqual(item, expected[index]));
  if (position >= 0) assert.deepEqual(actual[position], expected[position], `at position ${position}`);
  assert.equal(actual.length, expected.length, "number of items");
}

/** The curve points of an answer. */
export const points = (answer: Answer): Point[] =>
  list(field(answer.data, "meter_reading", "interval_reading")).map((point) => ({
    value: text(field(point, "value")),
    date: text(field(point, "date")),
    interval_length: String(field(point, "interval_length")),
  }));

/** The days of an answer with their number of points. */
export function daysOf(answer: Answer): Record<string, number> {
  const days: Record<string, number> = {};
  for (const point of points(answer)) {
    const day = point.date.slice(0, 10);
    days[day] = (days[day] ?? 0) + 1;
  }
  return days;
}

/** `HH:MM` of the labels of one day, in the order told. */
export const labelsOf = (answer: Answer, date: string): string[] =>
  points(answer)
    .filter((point) => point.date.startsWith(date))
    .map((point) => point.date.slice(11, 16));

/** A meter that draws `500 W`, published at 08:00 sharp. */
export const plainMeter = (meter: Partial<MeterOptions> = {}, minutes: StepMinutes = 30): MeterOptions => ({
  activationDate: "2018-08-31",
  consumption: sourceOfPower(() => 500, { minutes }),
  contract: { subscribedPowerKva: 9, offpeakHours: "HC (22H00-6H00)" },
  publication: { spreadMinutes: 0 },
  ...meter,
});

export const plainPoint = (
  meter: Partial<MeterOptions> = {},
  point: Partial<UsagePointOptions> = {},
  minutes: StepMinutes = 30,
): UsagePointOptions => ({ usagePointId: pdl, meter: plainMeter(meter, minutes), ...point });

export class Bench {
  readonly clock: SteppedClock;
  readonly gateway: Gateway;

  constructor(
    now: string,
    usagePoints: readonly UsagePointOptions[] = [plainPoint()],
    options: Partial<GatewayOptions> = {},
  ) {
    this.clock = new SteppedClock(instant(Date.parse(now)));
    this.gateway = createGateway({
      clock: this.clock,
      accounts: [{ clientId, clientSecret, usagePoints }],
      ...options,
    });
  }

  at(now: string): this {
    this.clock.set(instant(Date.parse(now)));
    return this;
  }

  /** As the account, and documented. */
  async get(path: string, query: Readonly<Record<string, string | number | boolean>> = {}): Promise<Answer> {
    const response = await this.raw(path, query);
    const body: unknown = await response.json();
    const call = this.gateway.control.calls.at(-1);
    assert.ok(call?.route, `no route for ${path}`);
    assertDocumented({ method: "GET", pattern: call.route.replace(/(.)\/$/, "$1"), status: response.status }, body);
    return answerOf(response.status, body);
  }

  raw(
    path: string,
    query: Readonly<Record<string, string | number | boolean>> = {},
    init: RequestInit = {},
  ): Promise<Response> {
    const search = new URLSearchParams(
      Object.fromEntries(Object.entries(query).map(([key, value]) => [key, String(value)])),
    );
    const headers = { authorization: `Bearer ${clientSecret}`, ...Object.fromEntries(new Headers(init.headers)) };
    return this.gateway.fetch(`http://gateway.test${path}?${search}`, { ...init, headers });
  }

  batch(start: string, end: string, useCache: boolean, flow = "consumption"): Promise<Answer> {
    return this.get(`/enedis/${flow}/detail/batch/${pdl}`, { start, end, use_cache: useCache });
  }

  detail(start: string, end: string, useCache: boolean, flow = "consumption"): Promise<Answer> {
    return this.get(`/enedis/${flow}/detail/${pdl}`, { start, end, use_cache: useCache });
  }

  daily(start: string, end: string, useCache = false, flow = "consumption"): Promise<Answer> {
    return this.get(`/enedis/${flow}/daily/${pdl}`, { start, end, use_cache: useCache });
  }

  get used(): { readonly cached: number; readonly no_cache: number } {
    return this.gateway.control.used(clientId);
  }

  get blacklisted(): readonly LocalDate[] {
    return this.gateway.control.blacklisted(pdl);
  }
}

export function answerOf(status: number, body: unknown): Answer {
  const success = field(body, "success");
  const code = field(body, "error", "code");
  const message = field(body, "error", "message");
  return {
    status,
    body,
    success: typeof success === "boolean" ? success : null,
    code: typeof code === "string" ? code : null,
    message: typeof message === "string" ? message : null,
    data: field(body, "data"),
  };
}
