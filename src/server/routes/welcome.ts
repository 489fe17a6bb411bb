import type { FastifyReply } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { type Language, languages, type Text } from "../../shared/language.ts";
import { problems } from "../api/errors.ts";
import { jsonOrPage } from "../api/welcome.ts";
import type { MissingOption, RouteContext } from "../parts.ts";
import { pageHeaders } from "../static.ts";

/** The address itself: the page for people; for programs, and where the page is not built, what is still to be set. */
export const welcomeRoutes =
  ({ parts: { version, page, missing = [] } }: RouteContext): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      "/",
      {
        schema: {
          tags: ["state"],
          summary: "What is still to be set, or that all is set",
          response: { 200: jsonOrPage, ...problems },
        },
      },
      async ({ headers }, reply) => {
        reply.header("vary", "accept");
        if (headers.accept?.includes("text/html") === true)
          return page ? reply.headers(pageHeaders).sendFile("index.html") : sendWelcome(reply, missing);
        return {
          version,
          missing: missing.map(({ option, text }) => ({ option, ...text })),
          ...(missing.length === 0 ? ready : page ? onThePage : toDo),
        };
      },
    );
  };

const sendWelcome = (reply: FastifyReply, missing: readonly MissingOption[]): FastifyReply =>
  reply
    .headers({
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
    })
    .send(welcome(missing));

const ready: Text = {
  fr: "Linky Bridge est en service. Vos valeurs sont dans Home Assistant.",
  en: "Linky Bridge is running. Your values are in Home Assistant.",
};
const waiting: Text = {
  fr: "Linky Bridge est prêt et attend vos identifiants.",
  en: "Linky Bridge is ready and waits for your credentials.",
};
const toDo: Text = {
  fr: "Remplissez l'onglet « Configuration » de l'application, enregistrez, puis redémarrez-la.",
  en: 'Fill in the app\'s "Configuration" tab, save, then restart it.',
};
const onThePage: Text = {
  fr: `Donnez sur la page ce qui manque : cela compte aussitôt. Ou bien : ${toDo.fr}`,
  en: `Give on the page what is missing: it counts at once. Or else: ${toDo.en}`,
};

/** Only a checkout is without a page: what is installed brings it along. */
const build: Text = {
  fr: "La page n'est pas construite : npm run build:page la construit.",
  en: "The page is not built: npm run build:page builds it.",
};

function section(language: Language, missing: readonly MissingOption[]): string {
  const items = missing.map(({ option, text }) => `<li><b>${escaped(option)}</b><br>${escaped(text[language])}</li>`);
  const said =
    missing.length === 0
      ? `<h2>${ready[language]}</h2>`
      : `<h2>${waiting[language]}</h2><ul>${items.join("")}</ul><p>${toDo[language]}</p>`;
  return `<section lang="${language}">${said}<p>${build[language]}</p></section>`;
}

/** Links nothing: behind Home Assistant's menu every address would need the prefix of its session. */
const welcome = (missing: readonly MissingOption[]): string => `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Linky Bridge</title>
<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}
section+section{border-top:1px solid #8886;margin-top:2rem}h2{font-size:1.25rem}li{margin:.5rem 0}</style></head>
<body><h1>Linky Bridge</h1>${languages.map((language) => section(language, missing)).join("")}</body></html>
`;

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => escapes[sign] ?? sign);
