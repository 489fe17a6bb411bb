import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import Ajv2020 from "ajv/dist/2020.js";
import fastify from "fastify";
import { z } from "zod";
import { energyAnswer, energyApplied, energyUndone } from "../../src/server/api/energy.ts";
import { ownHeader } from "../../src/server/api/session.ts";
import { families } from "../../src/server/families.ts";
import type { ServerParts } from "../../src/server/parts.ts";
import { slotsOn } from "../contracts/store-builders.ts";
import { dates, meter, StatisticsWorld } from "../support/statistics-world.ts";
import { jsonOf, partsOf, post, send, serve } from "./api.ts";

const media = z.looseObject({ schema: z.record(z.string(), z.unknown()) });
const answers = z.record(
  z.string(),
  z.looseObject({ description: z.string().min(3), content: z.record(z.string(), media).optional() }),
);
const operation = z.looseObject({
  summary: z.string().min(10),
  tags: z.array(z.string()).min(1),
  parameters: z
    .array(
      z.looseObject({
        name: z.string(),
        in: z.enum(["path", "query", "header"]),
        required: z.boolean().optional(),
        schema: z.record(z.string(), z.unknown()),
      }),
    )
    .optional(),
  requestBody: z.looseObject({ content: z.record(z.string(), media) }).optional(),
  responses: answers,
});
const methods = ["get", "post", "put", "patch", "delete"] as const;
const documentSchema = z.looseObject({
  openapi: z.literal("3.1.0"),
  info: z.looseObject({ title: z.string(), version: z.string() }),
  servers: z.array(z.strictObject({ url: z.string() })),
  paths: z.record(z.string().startsWith("/"), z.partialRecord(z.enum(methods), operation)),
});
type ApiDocument = z.infer<typeof documentSchema>;

const documentOf = async (url: string): Promise<ApiDocument> =>
  documentSchema.parse(jsonOf(await send(`${url}/docs/json`)));

/** `GET /api/bill/{pdl}` for each route of all families. */
async function routesOf(parts: ServerParts): Promise<string[]> {
  const app = fastify({ exposeHeadRoutes: false });
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => JSON.stringify);
  const found: string[] = [];
  app.addHook("onRoute", ({ method, url, schema }) => {
    if (schema?.hide === true) return;
    for (const one of [method].flat()) found.push(`${one} ${url.replaceAll(/:(\w+)/g, "{$1}")}`);
  });
  const inTurn = <T>(change: () => Promise<T>) => change();
  const context = { parts, signal: new AbortController().signal, supervisor: "absent", inTurn } as const;
  for (const family of families) app.register(family(context));
  await app.ready();
  await app.close();
  return found.sort();
}

const operationsOf = ({ paths }: ApiDocument) =>
  Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const found = item[method];
      return found === undefined ? [] : [{ name: `${method.toUpperCase()} ${path}`, path, method, ...found }];
    }),
  );

/** A house at 600 W from 1 to 14 November 2026, on 21 November, written to Home Assistant. */
async function openHouse(t: TestContext): Promise<ServerParts> {
  const point = { pricingOption: "HC_HP", offpeakHours: "HC (22H00-6H00)", subscribedPowerKva: 6 };
  const world = await StatisticsWorld.open(t, { point });
  await world.ingest(dates("2026-11-01", "2026-11-14").flatMap((date) => slotsOn(date, 600)));
  await world.run();
  return partsOf(world);
}

test("every route is in the document, with what it is for, what it takes and what it answers", async (t) => {
  const parts = await openHouse(t);
  const { url } = await serve(t, parts);
  const document = await documentOf(url);
  const operations = operationsOf(document);
  assert.deepEqual(operations.map(({ name }) => name).sort(), await routesOf(parts));
  assert.equal(document.info.version, "1.2.3");
  for (const { name, path, parameters = [], responses } of operations) {
    const inPath = [...path.matchAll(/{(\w+)}/g)].map(([, parameter]) => parameter);
    const told = parameters.filter((parameter) => parameter.in === "path").map((parameter) => parameter.name);
    assert.deepEqual(told.sort(), inPath.sort(), name);
    const successes = Object.entries(responses).filter(([status]) => status.startsWith("2"));
    assert.ok(successes.length > 0, `${name} has no success`);
    for (const [status, { content }] of successes)
      assert.ok(status === "204" || Object.keys(content ?? {}).length > 0, `${name} ${status} has no schema`);
    assert.ok(
      Object.keys(responses).some((status) => status.startsWith("4")),
      `${name} has no refusal`,
    );
  }
});

test("every schema of the document is one", async (t) => {
  const { url } = await serve(t, partsOf(await StatisticsWorld.open(t)));
  const ajv = new Ajv2020.default({ strict: false, validateFormats: false });
  for (const { name, parameters = [], requestBody, responses } of operationsOf(await documentOf(url))) {
    const schemas = [
      ...parameters.map(({ schema }) => schema),
      ...[requestBody, ...Object.values(responses)].flatMap((part) =>
        Object.values(part?.content ?? {}).map(({ schema }) => schema),
      ),
    ];
    for (const schema of schemas) assert.equal(ajv.validateSchema(schema), true, `${name}: ${ajv.errorsText()}`);
  }
});

/** What a parameter of that name may be, where leaving it out is no answer. */
const examples: Readonly<Record<string, string>> = {
  pdl: meter,
  date: "2026-11-03",
  start: "2026-11-01",
  end: "2026-11-14",
  at: "2026-11-03 12:30",
  season: "2026-2027",
};

test("what is answered is what the document says, whatever is asked", { timeout: 120_000 }, async (t) => {
  const { url } = await serve(t, await openHouse(t));
  const ajv = new Ajv2020.default({ strict: false, validateFormats: false });
  let successes = 0;
  for (const { name, path, method, parameters = [], responses } of operationsOf(await documentOf(url))) {
    // A stream has no end, a file no schema.
    if (method !== "get" || !("application/json" in (responses["200"]?.content ?? {}))) continue;
    const query = parameters
      .filter((parameter) => parameter.in === "query" && parameter.required === true)
      .map((parameter) => `${parameter.name}=${encodeURIComponent(examples[parameter.name] ?? "x")}`);
    const asked = `${path.replaceAll(/{(\w+)}/g, (_all, key) => examples[key] ?? "1")}?${query.join("&")}`;
    const answer = await send(url + asked);
    const schema = (responses[String(answer.status)] ?? responses[`${String(answer.status)[0]}XX`])?.content?.[
      "application/json"
    ]?.schema;
    assert.ok(schema, `${name}: ${answer.status} is not in the document: ${answer.text.slice(0, 500)}`);
    assert.ok(answer.status < 500, `${name}: ${answer.text}`);
    assert.ok(ajv.validate(schema, JSON.parse(answer.text)), `${name} ${answer.status}: ${ajv.errorsText()}`);
    if (answer.status === 200) successes++;
  }
  assert.ok(successes >= 9, `${successes} were successes`);
});

test("a change is answered as the document says", async (t) => {
  const { url } = await serve(t, await openHouse(t));
  const { digest } = energyAnswer.parse(jsonOf(await send(`${url}/api/energy`)));
  energyApplied.parse(jsonOf(await post(`${url}/api/energy/apply`, { digest, confirm: true })));
  energyUndone.parse(jsonOf(await post(`${url}/api/energy/undo`, { confirm: true })));
});

test("the document has a second name, and a page shows it below any path", async (t) => {
  const { url } = await serve(t, partsOf(await StatisticsWorld.open(t)));
  const [document, again] = [await send(`${url}/docs/json`), await send(`${url}/docs/openapi.json`)];
  assert.equal(again.text, document.text);
  const page = await send(`${url}/docs`);
  assert.equal(page.status, 200);
  assert.match(String(page.headers["content-security-policy"]), /script-src 'self';/);
  const addresses = [...page.text.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, address]) => address ?? "");
  assert.ok(addresses.length >= 5, page.text);
  for (const address of addresses) {
    assert.match(address, /^\.\/docs\//);
    assert.equal((await send(`${url}${address.slice(1)}`)).status, 200, address);
  }
  const script = (await send(`${url}/docs/static/swagger-initializer.js`)).text;
  assert.ok(
    script.includes(`request.headers), { "${ownHeader.name}": "${ownHeader.value}" }`),
    "a change tried out is refused",
  );
  // Nothing inline, which the policy would refuse.
  assert.doesNotMatch(page.text, /<script>|<style|style="|onload=/);
});
