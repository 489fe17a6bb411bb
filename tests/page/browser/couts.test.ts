import assert from "node:assert/strict";
import { test } from "node:test";
import { decimal, money, price } from "../../../src/page/format.ts";
import type { BillAnswer } from "../../../src/server/api/bill.ts";
import type { ComparisonAnswer } from "../../../src/server/api/compare.ts";
import type { ExplanationAnswer } from "../../../src/server/api/explain.ts";
import { describePage } from "./browsing.ts";
import { sharedDemonstration } from "./demonstration.ts";
import { eventually } from "./eventually.ts";
import { startIngress } from "./ingress.ts";
import type { Visit } from "./visit.ts";

const meter = "12345678901234";
/** Of an hour that is read. */
const hour = "2026-11-19T21:00:00Z";

describePage("the Costs page over the demonstration", { site: () => sharedDemonstration() }, ({ visit, url }) => {
  const asked = async <T>(path: string): Promise<T> => (await (await fetch(`${url()}/api/${path}`)).json()) as T;

  const textOf = ({ view }: Visit, selector = "main"): Promise<string> => view.locator(selector).innerText();
  /** Whatever space stands between a figure and its unit. */
  const plain = (text: string): string => text.replace(/\s/g, " ");
  const assertShows = (text: string, expected: string): void =>
    assert.ok(plain(text).includes(plain(expected)), `“${expected}” is not in: ${text}`);

  test("the amount of the month and every line of its bill are the API's to the cent", () =>
    visit({ hash: "#/couts" }, async (visit) => {
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
    visit({ hash: "#/couts?partie=facture" }, async ({ view, assertAccessible }) => {
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
    visit({ hash: `#/couts?partie=heure&heure=${hour}` }, async (visit) => {
      const { parts } = await asked<ExplanationAnswer>(`explain/${meter}?at=${hour}`);
      await visit.view.getByText("Pourquoi ce prix").waitFor();
      const text = await textOf(visit);
      assertShows(text, price(parts[0]?.price?.eurPerKwh ?? null, "fr"));
      assertShows(text, money(parts[0]?.eur ?? null, "fr"));
      await visit.view.getByRole("button", { name: "Heure suivante" }).click();
      await visit.view.getByText("de 23\u202fh à 0\u202fh", { exact: false }).first().waitFor();
      await visit.assertAccessible();
    }));

  test("a day of which nothing is known is said to be, in the address and in the field", () =>
    visit({ hash: "#/couts?partie=heure&date=2020-01-01" }, async (visit) => {
      await visit.view.getByText("Rien n'est connu du jour demandé").waitFor();
      await visit.goTo(`#/couts?partie=heure&heure=${hour}`);
      await visit.view.getByText("Rien n'est connu").waitFor({ state: "detached" });
      const field = visit.view.getByLabel("Jour", { exact: true });
      await field.fill("2020-01-01");
      await visit.view.getByText("Rien n'est connu de ce jour : le premier relevé est du").waitFor();
      await visit.assertAccessible();
      await visit.view.getByRole("button", { name: "Heure suivante" }).click();
      // The field shows the day that is shown.
      await eventually(async () => assert.equal(await field.inputValue(), "2026-11-19"));
      await field.fill("2026-10-25");
      await visit.view.getByText("Cette journée a 25 heures").waitFor();
      await visit.view.getByText("Rien n'est connu").waitFor({ state: "detached" });
    }));

  test("the ranking is the API's, and other off-peak hours can be tried", () =>
    visit({ hash: "#/couts?partie=comparer", width: 1280, theme: "dark" }, async (visit) => {
      const { ranking } = await asked<ComparisonAnswer>(`compare/${meter}`);
      const totals = visit.view.locator(".offer .offer-line:first-child > :last-child");
      await eventually(async () =>
        assert.deepEqual(
          (await totals.allInnerTexts()).map(plain),
          ranking.map(({ totalEur }) => plain(money(totalEur, "fr"))),
        ),
      );
      await visit.view.getByLabel("Heures creuses à essayer").fill("midi");
      await visit.view.getByRole("button", { name: "Essayer" }).click();
      await visit.view.getByText("ne sont pas comprises").waitFor();
      await visit.view.getByLabel("Heures creuses à essayer").fill("12:00-17:00;02:00-05:00");
      await visit.view.getByRole("button", { name: "Essayer" }).click();
      await visit.view.getByText(/Avec les heures creuses|n'a pas d'heures creuses/).waitFor();
      await visit.assertAccessible();
    }));

  test("a contract form that was left half-filled is found again, back and after a reload, until it is given up", () =>
    visit({ hash: "#/couts?partie=contrat" }, async ({ page, view, settle }) => {
      const begin = () => view.getByRole("link", { name: "Changer de formule ou de prix" }).click();
      const charge = view.getByLabel("Abonnement");
      await begin();
      await charge.fill("21,50");
      await page.goBack();
      await charge.waitFor({ state: "detached" });
      await begin();
      await view.getByText("Ce que vous aviez saisi est toujours là.").waitFor();
      await eventually(async () => assert.equal(await charge.inputValue(), "21,50"));

      await page.reload();
      await settle();
      await eventually(async () => assert.equal(await charge.inputValue(), "21,50"));
      await view.getByRole("button", { name: "Recommencer" }).click();
      await eventually(async () => assert.equal(await charge.inputValue(), ""));

      await charge.fill("22");
      await view.getByRole("link", { name: "Annuler" }).click();
      await charge.waitFor({ state: "detached" });
      await begin();
      await charge.waitFor();
      assert.equal(await charge.inputValue(), "");
    }));

  test("in English, inside Home Assistant, no part is wider than a phone", async () => {
    const ingress = await startIngress({ target: url() });
    try {
      const options = { url: ingress.url, frame: "iframe", language: "en" as const, hash: "#/couts" };
      await visit(options, async (visit) => {
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
});
