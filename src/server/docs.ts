import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance } from "fastify";
import { createJsonSchemaTransform } from "fastify-type-provider-zod";

/** Nothing inline, and nothing from elsewhere: the page of the documentation loads its own files. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  // Its own script sets the style of an element by an attribute.
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join("; ");

/**
 * The document of the API (OpenAPI 3.1) at `/docs/json` and `/docs/openapi.json`, and a page that shows it at `/docs`.
 * It is made of the routes' own schemas when it is first asked for. Has to be called before the routes are registered.
 */
export function describeApi(app: FastifyInstance, version: string): void {
  app.register(swagger, {
    transform: describeRoute,
    stripBasePath: false,
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Linky Bridge",
        version,
        description:
          "Energy in Wh, money in EUR with at most six decimals, prices in EUR per kWh, power in W or VA. Instants in UTC (ISO 8601), days as YYYY-MM-DD and months as YYYY-MM in Paris. `null` is not known, and never 0. What is no success is answered with a stable code and a sentence in French and in English.",
      },
      // Relative to this document: below Home Assistant's menu the API has an address of its own in each session.
      servers: [{ url: ".." }],
      components: { securitySchemes: { token: { type: "http", scheme: "bearer", description: "A token of the API" } } },
      security: [{}, { token: [] }],
    },
  });
  app.register(swaggerUi, {
    routePrefix: "/docs",
    indexPrefix: ".",
    staticCSP: contentSecurityPolicy,
    theme: { title: "Linky Bridge: API" },
    uiConfig: { layout: "BaseLayout", docExpansion: "list", requestInterceptor: asPage },
  });
  app.after(() => {
    app.get("/docs/openapi.json", { schema: { hide: true } }, () => app.swagger());
  });
}

/**
 * What is tried out on the documentation's page is asked as by the page itself. It goes to the browser as it is written
 * here, and can name nothing of this file: the header is `ownHeader`.
 */
const asPage = (request: Record<string, unknown>): Record<string, unknown> => {
  Object.assign(Object(request.headers), { "x-linky-bridge": "page" });
  return request;
};

/** The route's schemas as JSON; an answer that says nothing of itself is what the route is for. */
const describeRoute: typeof toJsonSchema = (document) => {
  const { schema, url } = toJsonSchema(document);
  const answers = Object.entries(schema?.response ?? {}).map(([status, answer]) => [
    status,
    { description: schema?.summary ?? "", ...answer },
  ]);
  return { schema: { ...schema, ...(answers.length > 0 ? { response: Object.fromEntries(answers) } : {}) }, url };
};

/** A schema of JSON as zod makes one, without what says nothing to a reader. */
const toJsonSchema = createJsonSchemaTransform({
  zodToJsonConfig: {
    override: ({ jsonSchema }) => {
      delete jsonSchema.readOnly;
      if (jsonSchema.format === "date-time") delete jsonSchema.pattern;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  },
});
