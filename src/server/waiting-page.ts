import { createHash } from "node:crypto";
import type { Text } from "../shared/language.ts";
import { pageHeaders } from "./static.ts";

const style = `:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;max-width:38rem;margin:15vh auto 0;padding:0 1.25rem}
p{margin:.4rem 0}
section+section{margin-top:1.5rem;padding-top:1.5rem;border-top:1px solid color-mix(in srgb,currentColor 25%,transparent)}
.small{opacity:.75;font-size:.875rem}`;

/** Between this page and the program's own nobody listens for a moment: a page that is only reloaded would stay there. */
const script = `setInterval(()=>fetch(location.href,{cache:"no-store"}).then((answer)=>answer.ok&&location.reload()).catch(()=>{}),5000)`;

const hashOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

const policy = {
  "default-src": "'none'",
  "script-src": hashOf(script),
  "style-src": hashOf(style),
  "connect-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'none'",
  "frame-ancestors": "'self'",
};

export const waitingPageHeaders = {
  ...pageHeaders,
  "cache-control": "no-store",
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": Object.entries(policy)
    .map((rule) => rule.join(" "))
    .join("; "),
} as const;

const reloads: Text = {
  fr: "Cette page se recharge d'elle-même dès que Linky Bridge reprend.",
  en: "This page reloads by itself as soon as Linky Bridge goes on.",
};

/** What a browser shows meanwhile: both languages, because nobody can be asked for theirs. */
export const waitingPage = (text: Text): string => `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Linky Bridge</title>
<style>${style}</style>
<noscript><meta http-equiv="refresh" content="10"></noscript>
</head>
<body>
<main>
<h1>Linky Bridge</h1>
<section lang="fr"><p>${escaped(text.fr)}</p><p class="small">${reloads.fr}</p></section>
<section lang="en"><p>${escaped(text.en)}</p><p class="small">${reloads.en}</p></section>
</main>
<script>${script}</script>
</body>
</html>
`;

const signs: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => signs[sign] ?? sign);
