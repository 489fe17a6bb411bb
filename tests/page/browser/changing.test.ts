import assert from "node:assert/strict";
import { test } from "node:test";
import type { PlansAnswer } from "../../../src/server/api/plans.ts";
import { settingsAnswer } from "../../../src/server/api/settings.ts";
import { freePort } from "../../support/broker.ts";
import { describePage } from "./browsing.ts";
import { startDemonstration } from "./demonstration.ts";
import { eventually } from "./eventually.ts";
import { startIngress } from "./ingress.ts";
import { rowsOf } from "./read.ts";

const meter = "12345678901234";

/** A refusal is tried here; and while the service starts anew it is away for a moment, which the console tells. */
const isExpected = (fault: string): boolean =>
  /\b(400|502|503)\b|ERR_CONNECTION|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_EMPTY_RESPONSE/.test(fault);

/** What starts the service anew, on a demonstration of its own: nobody else is to find it away. */
describePage(
  "what the page changes",
  { site: () => startDemonstration(), isExpected, timeoutMs: 60_000 },
  ({ visit, url }) => {
    const ask = async (path: string): Promise<unknown> => (await fetch(`${url()}/api/${path}`)).json();
    const saidPlans = async () => ((await ask(`plans/${meter}`)) as PlansAnswer).said;

    async function settingOf(key: string): Promise<{ value: unknown; source: unknown }> {
      const found = settingsAnswer.parse(await ask("settings")).settings.find((one) => one.key === key);
      return { value: found?.value, source: found?.source };
    }

    test("a reading that is asked for begins and ends, and the page says what came of it", () =>
      visit({}, async ({ view }) => {
        await view.getByRole("button", { name: "Relever maintenant" }).click();
        await view.getByText(/^Fait\s: (?:\d+ valeurs? nouvelles?|rien de nouveau pour l'instant)\.$/).waitFor();
      }));

    test("a setting at fault is told at its field and nothing is kept; a right one holds, and is taken back", () =>
      visit({ hash: "#/reglages?partie=mqtt" }, async ({ view, settle }) => {
        await view.getByText("Réglages avancés").click();
        const quality = view.getByRole("textbox", { name: "Qualité de service" });
        await quality.fill("9");
        await view.getByRole("button", { name: "Enregistrer" }).click();
        await view.getByText("les réglages d'avant restent").waitFor();
        await eventually(async () => assert.equal(await quality.getAttribute("aria-invalid"), "true"));
        assert.deepEqual(await settingOf("mqtt_qos"), { value: 1, source: "default" });

        await quality.fill("2");
        await view.getByRole("button", { name: "Enregistrer" }).click();
        await view.getByText("C'est en vigueur.").waitFor();
        await settle();
        assert.deepEqual(await settingOf("mqtt_qos"), { value: 2, source: "page" });
        // What was just set stays in sight.
        await quality.waitFor();
        await eventually(async () => assert.equal(await quality.inputValue(), "2"));

        await view.getByRole("button", { name: "Revenir : Qualité de service" }).click();
        await eventually(async () => {
          assert.deepEqual(await settingOf("mqtt_qos"), { value: 1, source: "default" });
          assert.equal(await quality.inputValue(), "1");
        });
        await view.getByText("C'est en vigueur.").waitFor();
      }));

    test("what was saved stays in its field, with where it is set, until the service answers with it", () =>
      visit({ hash: "#/reglages?partie=exports", width: 1280 }, async ({ page, view }) => {
        const card = view.getByRole("region", { name: "Prometheus", exact: true });
        const label = card.getByRole("combobox", { name: /^Compteur dans les métriques/ });
        await label.waitFor();
        // The service is back before the page is told what is in force.
        const { promise: isLookedAt, resolve: goOn } = Promise.withResolvers<void>();
        await page.route("**/api/settings", async (route) => {
          if (route.request().method() === "GET") await isLookedAt;
          await route.continue();
        });
        await label.selectOption("alias");
        await card.getByRole("button", { name: "Enregistrer" }).click();
        await card.getByText("Enregistré").waitFor();
        await card.getByText("Réglé dans cette page.").waitFor();
        assert.equal(await label.inputValue(), "alias");
        goOn();
        await card.getByText("C'est en vigueur.").waitFor();
        await eventually(async () => assert.equal(await label.inputValue(), "alias"));
        await card.getByRole("button", { name: /^Revenir/ }).click();
        await eventually(async () => assert.equal((await settingOf("prometheus_meter_label")).source, "default"));
        await card.getByText("C'est en vigueur.").waitFor();
      }));

    test("a destination set up wrongly is told beside its field, and a trial that fails says why", () =>
      visit({ hash: "#/reglages?partie=exports", width: 1280 }, async ({ view, assertAccessible }) => {
        const card = view.getByRole("region", { name: "VictoriaMetrics", exact: true });
        const address = card.getByRole("textbox", { name: "Adresse de VictoriaMetrics" });
        await address.fill("victoria:8428");
        await card.getByRole("button", { name: "Enregistrer" }).click();
        await card.getByText("les réglages d'avant restent").waitFor();
        await eventually(async () => assert.equal(await address.getAttribute("aria-invalid"), "true"));
        await card.getByText("« victoria:8428 » n'est pas une adresse http:// ou https://").waitFor();
        assert.deepEqual(await settingOf("victoriametrics_url"), { value: null, source: "default" });
        await assertAccessible();

        // Nobody listens there.
        await address.fill(`http://127.0.0.1:${await freePort()}`);
        await card.getByRole("button", { name: "Essayer la connexion" }).click();
        await card.locator(".fails").filter({ hasText: "aucun programme n'écoute sur ce port" }).waitFor();
        assert.deepEqual(await settingOf("victoriametrics_url"), { value: null, source: "default" });

        // What is lacking is called as its field is, not as in a file of options.
        const jeedom = view.getByRole("region", { name: "Jeedom", exact: true });
        await jeedom.getByRole("textbox", { name: "Adresse de Jeedom" }).fill("http://127.0.0.1:9");
        await jeedom.getByRole("button", { name: "Essayer la connexion" }).click();
        await jeedom.getByText(/«\sClé API de Jeedom\s»\s: l'adresse de Jeedom est donnée sans clé/).waitFor();
      }));

    test("a destination is switched on, run and told of, in English and inside Home Assistant, then off again", async () => {
      const ingress = await startIngress({ target: url() });
      try {
        await visit({ url: ingress.pageUrl, language: "en", hash: "#/reglages?partie=exports" }, async (here) => {
          const { view, goTo, settle, assertAccessible } = here;
          const settings = view.getByRole("region", { name: "Home Assistant without MQTT", exact: true });
          const isOn = settings.getByLabel("States by Home Assistant's API", { exact: true });
          await isOn.selectOption({ label: "Yes" });
          await settings.getByRole("button", { name: "Save" }).click();
          await settings.getByText("This is in force.").waitFor();

          await goTo("#/exporter");
          const card = view.getByRole("region", { name: "Home Assistant without MQTT (states by its API)" });
          await card.getByRole("button", { name: /^Send now/ }).click();
          await card.getByText(/sent and read back\.$|^Nothing to send: all is there\.$/).waitFor();
          await settle();
          await card.getByText("Up to date").waitFor();
          await eventually(async () => {
            const [latest] = await rowsOf(here, "Latest runs");
            assert.match(latest?.[0] ?? "", /^Home Assistant without MQTT \(states by its API\)/);
            assert.equal(latest?.[1], "done");
          });
          await assertAccessible();

          await goTo("#/reglages?partie=exports");
          await isOn.selectOption({ label: "No" });
          await settings.getByRole("button", { name: "Save" }).click();
          await settings.getByText("This is in force.").waitFor();
          await goTo("#/exporter");
          await card.getByText("Not set up").waitFor();
          await card.getByRole("button", { name: /^Send now/ }).waitFor({ state: "detached" });
          // What was done stays in the log.
          await eventually(async () => assert.ok((await rowsOf(here, "Latest runs")).length > 0));
        });
      } finally {
        await ingress.close();
      }
    });

    test("a plan is said, its effect seen, kept, and taken back", () =>
      visit({ hash: "#/couts?partie=contrat&edition=nouvelle" }, async (here) => {
        const { view } = here;
        await view.getByLabel("À partir du").fill("2026-10-01");
        await view.getByLabel("Formule", { exact: true }).selectOption("HC_HP");
        await view.getByLabel("Heures Pleines").fill("20,65");
        await view.getByRole("button", { name: "Voir l'effet" }).click();
        await view.getByText("serait-ce en centimes").waitFor();
        await view.getByLabel("Heures Pleines").fill("0,2065");
        await view.getByRole("button", { name: "Voir l'effet" }).click();
        await view.getByText("Pour octobre 2026, vous verriez", { exact: false }).waitFor();
        await here.assertAccessible();
        here.assertClean();
        await view.getByRole("button", { name: "Enregistrer", exact: true }).click();
        await view.getByRole("button", { name: "Revenir à avant" }).waitFor();
        assert.deepEqual(await saidPlans(), [
          { usage_point: meter, from: "2026-10-01", plan: "HC_HP", power_kva: 12, prices: "hp=0.2065" },
        ]);
        await view.getByRole("button", { name: "Revenir à avant" }).click();
        await view.getByText("de nouveau comme avant").waitFor();
        assert.deepEqual(await saidPlans(), []);
      }));

    test("a backup puts back what was there when it was made, and nothing that came after", () =>
      visit({ hash: "#/reglages?partie=sauvegardes" }, async ({ view, settle, assertAccessible }) => {
        await view.getByRole("button", { name: "Sauvegarder maintenant" }).click();
        await view.getByText("Sauvegarde faite.").waitFor();
        const made = await fetch(`${url()}/api/tokens`, {
          method: "POST",
          headers: { "content-type": "application/json", "x-linky-bridge": "page" },
          body: JSON.stringify({ name: "Après" }),
        });
        assert.equal(made.ok, true, await made.text());

        await view
          .getByRole("row", { name: /demandé/ })
          .getByRole("button", { name: /^Restaurer/ })
          .click();
        const dialog = view.getByRole("dialog");
        await dialog.getByText("La sauvegarde tient").waitFor();
        await dialog.getByRole("button", { name: "Tout remplacer" }).click();
        await view.getByText("Linky Bridge a redémarré.").waitFor();
        await view.getByText(/^Dernière restauration/).waitFor();
        await settle();
        assert.ok(!JSON.stringify(await ask("tokens")).includes("Après"), "the token came after the backup");
        assert.ok(JSON.stringify(await ask("overview")).includes(meter), "the history is back");
        await assertAccessible();
      }));
  },
);
