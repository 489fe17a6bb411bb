import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { decimal, money, price } from "../../../src/page/format.ts";
import type { BillAnswer } from "../../../src/server/api/bill.ts";
import type { ComparisonAnswer } from "../../../src/server/api/compare.ts";
import type { ExplanationAnswer } from "../../../src/server/api/explain.ts";
import type { PlansAnswer } from "../../../src/server/api/plans.ts";
import { skipWithoutPage } from "./built.ts";
import { skipWithoutChromium, startChromium } from "./chromium.ts";
import { type Demonstration, startDemonstration } from "./demonstration.ts";
import { startIngress } from "./ingress.ts";
import { open, type Visit, type VisitOptions } from "./visit.ts";

const meter = "12345678901234";
/** Of an hour that is read. */
const hour = "2026-11-19T21:00:00Z";

describe("the Costs page over the demonstration", {
  skip: skipWithoutChromium() || skipWithoutPage(),
  timeout: 300_000,
}, () => {
  let browser: Browser;
  let site: Demonstration;
  before(async () => {
    site = await startDemonstration();
    browser = await startChromium();
  });
  after(async () => {
    await browser?.close();
    await site?.close();
  });

  async function visiting(options: Omit<VisitOptions, "url"> & { url?: string }, use: (visit: Visit) => Promise<void>) {
    const visit = await open(browser, { url: site.url, ...options });
    try {
      await use(visit);
      visit.assertClean();
    } finally {
      await visit.close();
    }
  }

  const asked = async <T>(path: string): Promise<T> => (await (await fetch(`${site.url}/api/${path}`)).json()) as T;

  const textOf = ({ view }: Visit, selector = "main"): Promise<string> => view.locator(selector).innerText();
  /** Whatever space stands between a figure and its unit. */
  const plain = (text: string): string => text.replace(/\s/g, " ");
  const assertShows = (text: string, expected: string): void =>
    assert.ok(plain(text).includes(plain(expected)), `“${expected}” is not in: ${text}`);

  test("the amount of the month and every line of its bill are the API's to the cent", () =>
    visiting({ hash: "#/couts" }, async (visit) => {
      const bill = await asked<BillAnswer>(`bill/${meter}`);
      await visit.view.locator(".answer-figure", { hasText: "€" }).waitFor();
      assertShows(await textOf(visit, ".answer"), money(bill.totalEur, "fr"));
      await visit.goTo("#/couts?partie=facture");
      await visit.view.locator("tfoot").waitFor();
      const lines = await textOf(visit, ".data-table");
      for (const { eur } of bill.lines) assertShows(lines, money(eur, "fr"));
      assertShows(lines, money(bill.standingEur, "fr"));
      assertShows(await textOf(visit, "tfoot"), money(bill.totalEur, "fr"));
      assertShows(await textOf(visit, "tfoot"), decimal(bill.energyWh / 1000, 3, "fr"));
      assertShows(await textOf(visit), money(bill.projection?.totalEur?.low ?? null, "fr"));
      assertShows(await textOf(visit), money(bill.contractYear?.totalEur ?? null, "fr"));
      await visit.assertAccessible();
    }));

  test("an invoice is held against the bill, and an amount that is none is pointed out", () =>
    visiting({ hash: "#/couts?partie=facture" }, async ({ view, assertAccessible }) => {
      await view.getByLabel("Montant de votre facture").fill("beaucoup");
      await view.getByRole("button", { name: "Comparer" }).click();
      await view.getByText("Ce n'est pas un montant").waitFor();
      await view.getByLabel("Montant de votre facture").fill("500");
      await view.getByRole("button", { name: "Comparer" }).click();
      const { invoice } = await asked<BillAnswer>(`bill/${meter}?invoice=500`);
      const gap = money(Math.abs(invoice?.differenceEur ?? 0), "fr");
      await view.getByText(`est plus haute de ${gap}`).waitFor();
      await assertAccessible();
    }));

  test("an hour tells its price, its colour and its cost", () =>
    visiting({ hash: `#/couts?partie=heure&heure=${hour}` }, async (visit) => {
      const { parts } = await asked<ExplanationAnswer>(`explain/${meter}?at=${hour}`);
      await visit.view.getByText("Pourquoi ce prix").waitFor();
      const text = await textOf(visit);
      assertShows(text, price(parts[0]?.price?.eurPerKwh ?? null, "fr"));
      assertShows(text, money(parts[0]?.eur ?? null, "fr"));
      await visit.view.getByRole("button", { name: "Heure suivante" }).click();
      await visit.view.getByText("de 23\u202fh à 0\u202fh", { exact: false }).first().waitFor();
      await visit.assertAccessible();
    }));

  test("the ranking is the API's, and other off-peak hours can be tried", () =>
    visiting({ hash: "#/couts?partie=comparer", width: 1280, theme: "dark" }, async (visit) => {
      const { ranking } = await asked<ComparisonAnswer>(`compare/${meter}`);
      await visit.view.locator(".offer").first().waitFor();
      const totals = await visit.view.locator(".offer .offer-line:first-child > :last-child").allInnerTexts();
      assert.deepEqual(
        totals.map(plain),
        ranking.map(({ totalEur }) => plain(money(totalEur, "fr"))),
      );
      await visit.view.getByLabel("Heures creuses à essayer").fill("midi");
      await visit.view.getByRole("button", { name: "Essayer" }).click();
      await visit.view.getByText("ne sont pas comprises").waitFor();
      await visit.view.getByLabel("Heures creuses à essayer").fill("12:00-17:00;02:00-05:00");
      await visit.view.getByRole("button", { name: "Essayer" }).click();
      await visit.view.getByText(/Avec les heures creuses|n'a pas d'heures creuses/).waitFor();
      await visit.assertAccessible();
    }));

  test("in English, inside Home Assistant, no part is wider than a phone", async () => {
    const ingress = await startIngress({ target: site.url });
    try {
      const options = { url: ingress.url, frame: "iframe", language: "en" as const, hash: "#/couts" };
      await visiting(options, async (visit) => {
        for (const part of ["couts", "facture", "heure", "comparer", "contrat", "contrat&edition=nouvelle"]) {
          await visit.goTo(`#/couts?partie=${part}`);
          assert.equal(await visit.view.evaluate("document.documentElement.scrollWidth"), 390, part);
          assert.doesNotMatch(await textOf(visit), /null|undefined|NaN|heures creuses/i, part);
        }
      });
    } finally {
      await ingress.close();
    }
  });

  test("a plan is said, its effect seen, kept, and taken back", async () => {
    const visit = await open(browser, { url: site.url, hash: "#/couts?partie=contrat&edition=nouvelle" });
    const { view } = visit;
    try {
      await view.getByLabel("À partir du").fill("2026-10-01");
      await view.getByLabel("Formule", { exact: true }).selectOption("HC_HP");
      await view.getByLabel("Heures Pleines").fill("20,65");
      await view.getByRole("button", { name: "Voir l'effet" }).click();
      await view.getByText("serait-ce en centimes").waitFor();
      await view.getByLabel("Heures Pleines").fill("0,2065");
      await view.getByRole("button", { name: "Voir l'effet" }).click();
      await view.getByText("Pour octobre 2026, vous verriez", { exact: false }).waitFor();
      await visit.assertAccessible();
      visit.assertClean();
      // While the service starts anew its API is away, which the browser's console tells.
      await view.getByRole("button", { name: "Enregistrer", exact: true }).click();
      await view.getByRole("button", { name: "Revenir à avant" }).waitFor({ timeout: 60_000 });
      const { said } = await asked<PlansAnswer>(`plans/${meter}`);
      assert.deepEqual(said, [
        { usage_point: meter, from: "2026-10-01", plan: "HC_HP", power_kva: 12, prices: "hp=0.2065" },
      ]);
      await view.getByRole("button", { name: "Revenir à avant" }).click();
      await view.getByText("de nouveau comme avant").waitFor({ timeout: 60_000 });
      assert.deepEqual((await asked<PlansAnswer>(`plans/${meter}`)).said, []);
    } finally {
      await visit.close();
    }
  });
});
