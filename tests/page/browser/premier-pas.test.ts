import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { waitUntil } from "../../../src/adapters/postgres/launcher/processes.ts";
import { energy } from "../../../src/page/format/amounts.ts";
import { demoAnswer } from "../../../src/server/api/demo.ts";
import { overviewAnswer } from "../../../src/server/api/overview.ts";
import { freePort } from "../../support/broker.ts";
import { processAccount, processWorld, youngFlat } from "../../support/process-world.ts";
import { describePage } from "./browsing.ts";
import { eventually } from "./eventually.ts";
import { startIngress } from "./ingress.ts";

/** The program as it is first started, without an account or a broker, seen below Home Assistant's path. */
async function blankProgram(context: TestContext) {
  const world = await processWorld(context, { accounts: [{ ...processAccount, usagePoints: youngFlat() }] });
  const port = await freePort();
  const nothing = { MED_CLIENT_ID: "", MED_CLIENT_SECRET: "", MQTT_BROKER: "" };
  const program = world.start(["start"], { ...nothing, API_PORT: String(port), LINKY_WEB_PORT: "0" });
  const target = `http://127.0.0.1:${port}`;
  const isUp = async (): Promise<boolean> => (await fetch(`${target}/health`).catch(() => null))?.ok === true;
  assert.ok(await waitUntil(isUp, { withinMs: 90_000 }), program.said);
  const ingress = await startIngress({ target });
  context.after(() => ingress.close());
  const overview = async () => overviewAnswer.parse(await (await fetch(`${target}/api/overview`)).json());
  return { world, program, url: ingress.pageUrl, overview };
}

/**
 * Refusals are what is tried here, while the service takes the settings up it is away for a moment, and the
 * demonstration goes while its page may be asking something.
 */
const isExpected = (fault: string): boolean =>
  /\b(400|409|502|503)\b|ERR_INCOMPLETE_CHUNKED_ENCODING|Refused to apply style/.test(fault);

const paste = (text: string): string => `(() => {
  const data = new DataTransfer();
  data.setData("text", ${JSON.stringify(text)});
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
})()`;

describePage("the first steps", { isExpected, timeoutMs: 60_000 }, ({ visit }) => {
  test("lead from an empty service to the first chart, by one paste and one press", async (context) => {
    const { world, url, overview } = await blankProgram(context);
    await visit({ url }, async ({ view, page, assertAccessible, settle }) => {
      // Home has nothing to show yet, and leads here by itself.
      await page.waitForURL(/#\/premier-pas/);
      const id = view.getByLabel("Identifiant client");
      const secret = view.getByLabel("Secret client");
      const link = view.getByRole("button", { name: "Relier mon compteur" });
      await link.click();
      await view.getByRole("alert").filter({ hasText: "Collez le secret client." }).waitFor();
      await assertAccessible();

      await id.fill("camille@example.org");
      await secret.fill("not-the-secret-12");
      await link.click();
      await view.getByRole("alert").filter({ hasText: "C'est une adresse e-mail" }).waitFor();
      await eventually(async () => assert.equal(await id.getAttribute("aria-invalid"), "true"));

      await id.fill(processAccount.clientId);
      await link.click();
      await view.getByText(/La passerelle refuse vos identifiants/).waitFor();
      await view.getByRole("button", { name: "Enregistrer quand même" }).waitFor();
      assert.deepEqual((await overview()).usagePoints, [], "nothing is kept of a trial");

      await id.focus();
      await view.evaluate(
        paste(`client_id: ${processAccount.clientId}\nclient_secret: ${processAccount.clientSecret}`),
      );
      await view.getByText("Les deux valeurs ont été reconnues.").waitFor();
      await eventually(async () => assert.equal(await secret.inputValue(), processAccount.clientSecret));
      await view.getByText("Relier aussi Home Assistant").click();
      await view.getByLabel("Adresse du serveur MQTT").fill(world.broker.url);
      await link.click();

      await view.getByText("C'est fait : vos relevés sont là.").waitFor();
      await settle();
      const flow = (await overview()).usagePoints[0]?.flows[0];
      assert.ok(flow?.latest);
      const figure = energy(flow.latest.energyWh, "fr");
      await view.locator(".answer-figure").filter({ hasText: figure }).waitFor();
      await view.locator(".chart canvas").first().waitFor();
      await assertAccessible();
      assert.equal(await view.evaluate("document.documentElement.scrollWidth"), 390);
      const linked = view.getByRole("region", { name: "Ce qui est relié" });
      await linked.getByText("relié", { exact: true }).waitFor();
      await eventually(async () =>
        assert.match(await linked.innerText(), /Passerelle\s+reliée\s+MQTT[^\n]*\s+relié\s/),
      );
      assert.ok(!(await page.content()).includes(processAccount.clientSecret), "the secret is not shown again");

      await view.getByRole("link", { name: "Ouvrir l'accueil" }).click();
      await view.getByRole("heading", { level: 1, name: "Accueil" }).waitFor();
      await view.getByRole("heading", { level: 2, name: "Consommation", exact: true }).waitFor();
    });
  });

  test("say in English which connection fails, and save all the same", async (context) => {
    const { url, overview } = await blankProgram(context);
    await visit({ url, language: "en", width: 1280, theme: "dark" }, async ({ view, assertAccessible }) => {
      await view.getByLabel("Client id").fill(processAccount.clientId);
      await view.getByLabel("Client secret").fill(processAccount.clientSecret);
      await view.getByText("Link Home Assistant too").click();
      // Nobody listens there.
      await view.getByLabel("Address of the MQTT broker").fill(`mqtt://127.0.0.1:${await freePort()}`);
      await view.getByRole("button", { name: "Link my meter" }).click();
      await view.getByRole("button", { name: "Save all the same" }).waitFor();
      const broker = view.getByRole("region", { name: "MQTT broker", exact: true });
      await broker.locator(".fails").waitFor();
      assert.equal(await view.getByRole("region", { name: "Gateway" }).locator(".fails").count(), 0);
      await assertAccessible();
      await view.getByRole("button", { name: "Save all the same" }).click();
      await view.getByText("Done: your readings are here.").waitFor();
      assert.equal((await overview()).usagePoints.length, 1);
    });
  });

  test("show an invented home to who only looks, and take it away again", async (context) => {
    const { world, url, overview } = await blankProgram(context);
    const demo = async () => demoAnswer.parse(await (await fetch(`${url}/api/demo`)).json());
    await visit({ url, hash: "#/premier-pas" }, async ({ view, page, assertAccessible, settle }) => {
      await view.getByText(/ne touche à rien de ce qui est à vous/).waitFor();
      await view.getByRole("button", { name: "Essayer avec un foyer de démonstration" }).click();
      await view.getByText("Le foyer de démonstration se prépare").waitFor();
      await assertAccessible();

      await page.waitForURL(`${url}/demo/`);
      const line = view.getByRole("complementary", { name: "Foyer de démonstration" });
      await line.waitFor();
      await view.locator(".chart canvas").first().waitFor();
      await settle();
      await assertAccessible();
      assert.equal(await view.evaluate("document.documentElement.scrollWidth"), 390);
      assert.deepEqual((await overview()).usagePoints, [], "nothing of it is the household's own");

      await view.getByRole("link", { name: "Tempo" }).click();
      await view.getByRole("heading", { level: 1, name: "Tempo" }).waitFor();
      await line.getByRole("button", { name: "Quitter" }).click();
      await page.waitForURL(`${url}/#/premier-pas`);
      await view.getByRole("button", { name: "Essayer avec un foyer de démonstration" }).waitFor();
      await line.waitFor({ state: "detached" });
      assert.equal((await demo()).state, "off");
      assert.ok(!existsSync(join(world.dataDir, "demo-home")), "its data are removed");
    });
  });
});
