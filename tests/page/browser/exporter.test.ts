import assert from "node:assert/strict";
import { test } from "node:test";
import { exportsAnswer } from "../../../src/server/api/diagnostics.ts";
import { energyAnswer } from "../../../src/server/api/energy.ts";
import { describePage } from "./browsing.ts";
import { sharedDemonstration } from "./demonstration.ts";
import { eventually } from "./eventually.ts";

describePage("the page of exports", { site: () => sharedDemonstration() }, ({ visit, url }) => {
  test("every part is accessible, quiet and no wider than its screen, in both languages", async () => {
    for (const [width, theme, language] of [
      [390, "dark", "fr"],
      [1280, "light", "en"],
    ] as const)
      await visit({ width, theme, language, hash: "#/exporter" }, async ({ view, goTo, assertAccessible }) => {
        for (const part of ["destinations", "energie", "historique", "fichiers"]) {
          await goTo(`#/exporter?partie=${part}`);
          await assertAccessible();
          assert.equal(await view.evaluate("document.documentElement.scrollWidth"), width, part);
        }
      });
  });

  test("each destination tells its state, and its connection can be tried", () =>
    visit({ hash: "#/exporter" }, async ({ view, settle }) => {
      await view.getByText("2 destinations sur 2 à jour").waitFor();
      const mqtt = view.locator(".card", { hasText: "MQTT (entités de Home Assistant)" });
      await mqtt.getByRole("button", { name: "Essayer la connexion" }).click();
      await mqtt.getByText("accepte la connexion").waitFor();
      await mqtt.getByRole("button", { name: "Envoyer maintenant" }).click();
      await mqtt.getByText("Tout a été renvoyé.").waitFor();
      await settle();
      const tops = await mqtt
        .locator(".trial > .row .button")
        .evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().top));
      assert.deepEqual([tops.length, new Set(tops).size], [3, 1], "three actions stand on one line of a phone");
      await view.getByRole("button", { name: "Relever et envoyer maintenant" }).click();
      await view.getByText("l'envoi part dès que possible").waitFor();
    }));

  test("a run that is on its way tells how far it is, until it has ended", () =>
    visit({ hash: "#/ecowatt" }, async ({ page, view, goTo, assertAccessible }) => {
      const { exports } = exportsAnswer.parse(await (await fetch(`${url()}/api/exports`)).json());
      const started = { startedAt: "2026-11-21T08:00:00Z", records: 12_300 };
      let share: number | null = 0.25;
      await page.route("**/api/exports", (route) => {
        const running = share === null ? null : { ...started, share };
        const json = { exports: exports.map((one) => (one.destination === "mqtt" ? { ...one, running } : one)) };
        return route.fulfill({ json });
      });
      await goTo("#/exporter");
      const mqtt = view.locator(".card", { hasText: "MQTT (entités de Home Assistant)" });
      await mqtt.getByText("Envoi en cours : 25\u202f%").waitFor();
      await mqtt.getByText("12\u202f300 valeurs envoyées et relues.").waitFor();
      await assertAccessible();
      share = 0.75;
      await mqtt.getByText("Envoi en cours : 75\u202f%").waitFor();
      share = null;
      await mqtt.getByText("Envoi en cours").waitFor({ state: "detached" });
    }));

  test("why a run failed can be read on a phone, and the log is one link away", () =>
    visit({ hash: "#/ecowatt" }, async ({ page, view, goTo, assertAccessible }) => {
      const run = { type: "jeedom", completedAt: "2026-11-21T08:00:09Z", startedAt: "2026-11-21T08:00:00Z" };
      const error = "Jeedom (http://jeedom.example/core/api/jeeApi.php) refuse la clé.";
      const logs = [
        { ...run, id: 2, status: "failed", records: 0, error },
        { ...run, id: 1, status: "success", records: 1234, error: null, type: "victoriametrics" },
      ];
      await page.route("**/api/export/logs*", (route) => route.fulfill({ json: { logs } }));
      await goTo("#/exporter");
      const runs = view.locator(".card", { hasText: "Derniers envois" });
      await runs.getByText(error).waitFor();
      const scrolled = await runs.locator(".data-table-scroll").evaluate((box) => box.scrollWidth - box.clientWidth);
      assert.equal(scrolled, 0, "no column lies outside");
      await assertAccessible();
      await view.getByRole("link", { name: "Voir le journal" }).click();
      const log = view.locator(".card", { hasText: "Dernières lignes du journal" });
      await log.waitFor();
      await view.waitForFunction("!location.hash.includes('vers')");
      const top = await log.evaluate((card) => card.getBoundingClientRect().top);
      assert.ok(top >= -1 && top < 844, `the log stands on the screen: ${top}`);
    }));

  test("what is proposed for the Energy Dashboard is shown, added, and taken back", () =>
    visit({ width: 1280, hash: "#/exporter?partie=energie" }, async ({ view }) => {
      const states = async (): Promise<readonly string[]> =>
        energyAnswer
          .parse(await (await fetch(`${url()}/api/energy`)).json())
          .flows.flatMap(({ proposals }) => proposals.map(({ state }) => state));
      const before = await states();
      assert.ok(before.length > 0 && before.every((state) => state === "missing"));
      await view.getByText(`0 série sur ${before.length} dans le tableau Énergie`).waitFor();
      await view.getByRole("button", { name: "Ajouter au tableau Énergie" }).click();
      const dialog = view.getByRole("dialog");
      await eventually(async () => assert.equal(await dialog.locator("li").count(), before.length));
      await dialog.getByRole("button", { name: "Ajouter au tableau Énergie" }).click();
      await view.getByText("Tout est dans le tableau Énergie").waitFor();
      assert.ok((await states()).every((state) => state === "there"));
      await view.getByRole("button", { name: "Annuler le dernier changement" }).click();
      await dialog.getByRole("button", { name: "Rendre le tableau" }).click();
      await view.getByText("Le tableau est de nouveau comme avant.").waitFor();
      assert.deepEqual(await states(), before);
    }));

  test("a file of readings has the span that was chosen, and none is offered for a wrong one", () =>
    visit({ hash: "#/exporter?partie=fichiers" }, async ({ view, page }) => {
      await view.getByLabel("Premier jour").fill("2026-01-01");
      await view.getByLabel("Dernier jour").fill("2026-01-31");
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        view.getByRole("link", { name: "Télécharger le fichier CSV" }).click(),
      ]);
      assert.equal(download.suggestedFilename(), "consumption_daily_12345678901234_2026-01-01_2026-01-31.csv");
      await download.delete();
      await view.getByLabel("Dernier jour").fill("2025-12-31");
      await view.getByText("Le dernier jour vient avant le premier.").waitFor();
      await view.getByRole("link", { name: "Télécharger le fichier CSV" }).waitFor({ state: "detached" });
    }));
});
