import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { type DemoAnswer, demoAnswer, demoBody } from "../api/demo.ts";
import { problems } from "../api/errors.ts";
import { noQuery } from "../api/fields.ts";
import type { DemoHome } from "../demo.ts";
import { DemoProxy } from "../demo-proxy.ts";
import { ApiError } from "../errors.ts";
import type { RouteContext } from "../parts.ts";
import { refuseTokens } from "../security/plugin.ts";

const tags = ["demo"];
const response = { 200: demoAnswer, ...problems };

/** A home to look at before an account is given: it is started and stopped here, and shown below `/demo/`. */
export const demoRoutes =
  ({ parts: { demo = null } }: RouteContext): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      "/api/demo",
      { schema: { tags, summary: "How the demonstration home stands", querystring: noQuery, response } },
      async () => answerOf(demo),
    );
    app.post(
      "/api/demo",
      { schema: { tags, summary: "Starts the demonstration home beside this one", body: demoBody, response } },
      async (request) => {
        refuseTokens(request);
        if (demo === null) throw notOffered();
        demo.start();
        return answerOf(demo);
      },
    );
    app.delete(
      "/api/demo",
      { schema: { tags, summary: "Stops the demonstration home and removes its data", response } },
      async (request) => {
        refuseTokens(request);
        await demo?.stop();
        return answerOf(demo);
      },
    );
    app.register(shown(demo));
  };

function answerOf(demo: DemoHome | null): DemoAnswer {
  const { state, problem } = demo?.status() ?? { state: "off", problem: null };
  return { isOffered: demo !== null, state, problem: problem && { code: problem.code, ...problem.text } };
}

/** Everything below `/demo/` is the other program's. */
const shown =
  (demo: DemoHome | null): FastifyPluginAsyncZod =>
  async (app) => {
    const proxy = new DemoProxy();
    // Whatever is sent goes on as it comes.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
    app.get("/demo", { schema: { hide: true } }, (_request, reply) => reply.redirect("demo/"));
    app.route({
      method: ["GET", "POST", "PUT", "PATCH", "DELETE"],
      url: "/demo/*",
      schema: { hide: true },
      handler: async (request, reply) => {
        refuseTokens(request);
        const target = demo?.visit() ?? null;
        if (target !== null) return proxy.passOn(target, request, reply);
        // A link that was kept leads to what there is.
        if (request.raw.url === "/demo/" && request.headers.accept?.includes("text/html") === true)
          return reply.redirect("../");
        throw notRunning();
      },
    });
  };

const notOffered = (): ApiError =>
  new ApiError(409, "demo_not_offered", {
    fr: "Le foyer de démonstration ne se lance qu'avant de relier un compte.",
    en: "The demonstration home can only be started before an account is linked.",
  });

const notRunning = (): ApiError =>
  new ApiError(409, "demo_off", {
    fr: "Le foyer de démonstration est arrêté ; ses données sont effacées. « Quitter » ramène aux premiers pas.",
    en: 'The demonstration home has stopped; its data are removed. "Leave" goes back to the first steps.',
  });
