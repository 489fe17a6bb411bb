import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { createAccessStore } from "../../../src/adapters/postgres/access.ts";
import { createServer } from "../../../src/server/server.ts";
import { SteppedClock } from "../../../src/shared/clock.ts";
import { silentLog } from "../../../src/shared/log.ts";
import { type Access, accessMemory, createAccess } from "../../../src/sync/access/access.ts";
import { partsOf } from "../../server/api.ts";
import { StatisticsWorld } from "../../support/statistics-world.ts";
import { describePage } from "./browsing.ts";
import { builtPage } from "./built.ts";

const password = "quatre petits mots";

interface Door {
  readonly url: string;
  readonly access: Access;
  readonly clock: SteppedClock;
}

/** The page and its API behind their door; the clock stands still unless it is stepped. */
async function door(t: TestContext): Promise<Door> {
  const world = await StatisticsWorld.open(t);
  const clock = new SteppedClock(world.clock.now());
  const log = silentLog();
  const access = createAccess({ store: createAccessStore(world.database.sql), clock, memory: accessMemory() });
  const page = builtPage();
  const parts = { ...partsOf(world), clock, security: { access, language: "fr", log } as const, page };
  const server = await createServer({ parts, log, host: "127.0.0.1", port: 0 });
  assert.ok(server, "the port is taken");
  t.after(() => server.close());
  return { url: server.url, access, clock };
}

/** What a proxy of the household says of a visitor of another machine. */
const fromElsewhere = { "x-forwarded-for": "192.168.1.20" };

describePage("the door of the page", { isExpected: (fault) => /\b(401|429)\b/.test(fault) }, ({ visit }) => {
  test("a first visit chooses the password with the code of the log, and goes on to what it came for", async (t) => {
    const { url, access } = await door(t);
    await visit({ url, hash: "#/tempo", headers: fromElsewhere }, async ({ view, page, assertAccessible }) => {
      const choose = view.getByRole("button", { name: "Choisir ce mot de passe" });
      await choose.click();
      await page.waitForURL(/#\/connexion\?retour=/);
      for (const sentence of ["Recopiez le code du journal.", "Il faut 8 caractères au moins."])
        await view.getByRole("alert").filter({ hasText: sentence }).waitFor();
      await assertAccessible();

      await view.getByLabel("Code du journal").fill("2222-2222");
      await view.getByLabel("Nouveau mot de passe").fill(password);
      await view.getByLabel("Le même encore une fois").fill("quatre autres mots");
      await view.getByRole("alert").filter({ hasText: "Les deux ne sont pas les mêmes." }).waitFor();
      await view.getByLabel("Le même encore une fois").fill(password);
      await choose.click();
      await view.getByRole("alert").filter({ hasText: "Ce n'est pas le code" }).waitFor();
      assert.equal(await access.hasPassword(), false);

      // As people copy it: in small letters, with a space too many.
      await view.getByLabel("Code du journal").fill(` ${access.setupCode.toLowerCase()} `);
      await choose.click();
      await view.getByRole("heading", { level: 1, name: "Tempo" }).waitFor();
    });
    assert.equal(await access.hasPassword(), true);
  });

  test("a wrong password is told at its field, too many are counted down, the right one goes on", async (t) => {
    const { url, access, clock } = await door(t);
    await access.resetPassword(password);
    await visit({ url, hash: "#/ecowatt", language: "en", width: 1280, theme: "dark" }, async (visit) => {
      const { view, page, assertAccessible } = visit;
      const enter = view.getByRole("button", { name: "Sign in" });
      await enter.click();
      await view.getByRole("alert").filter({ hasText: "Write the password." }).waitFor();
      const answers: number[] = [];
      page.on("response", (response) => {
        if (response.request().method() === "POST") answers.push(response.status());
      });
      await view.getByLabel("Password", { exact: true }).fill("not the password");
      // Five cost no waiting but the fifth's own second; the sixth is not looked at.
      for (const tried of [1, 2, 3, 4, 5, 6]) {
        const answered = page.waitForResponse((response) => response.request().method() === "POST");
        await enter.click();
        await answered;
        if (tried === 1) {
          await view.getByRole("alert").filter({ hasText: "That is not the password" }).waitFor();
          await assertAccessible();
        }
        if (tried < 6) await view.locator("button.main:enabled").waitFor();
      }
      assert.deepEqual(answers, [401, 401, 401, 401, 401, 429]);
      await view.getByText("Too many attempts: the next one is possible in 1 s.").waitFor();
      await clock.sleep(2_000);
      await view.getByLabel("Password", { exact: true }).fill(password);
      await view.locator("button.main:enabled").waitFor();
      await enter.click();
      await view.getByRole("heading", { level: 1, name: "EcoWatt" }).waitFor();
    });
  });

  test("who forgot the password is told the command, and who is known goes on at once", async (t) => {
    const { url, access } = await door(t);
    const back = "#/connexion?retour=%23%2Fplus";
    await visit({ url, hash: back }, async ({ view }) => {
      // From this machine nothing is asked while there is no password.
      await view.getByRole("heading", { level: 1, name: "Plus" }).waitFor();
    });
    await access.resetPassword(password);
    await visit({ url, hash: back }, async ({ view, assertAccessible }) => {
      await view.getByText("Mot de passe oublié ?").click();
      await view.getByText("docker compose exec linky-bridge linky-bridge password").waitFor();
      await assertAccessible();
      assert.equal(await view.evaluate("document.documentElement.scrollWidth"), 390);
      await view.getByRole("radio", { name: "English" }).check();
      await view.getByText("Forgotten your password?").waitFor();
    });
  });
});
