import assert from "node:assert/strict";
import { test } from "node:test";
import { boundsOf } from "../../../src/domain/calendar.ts";
import { hourMs, instant } from "../../../src/domain/units.ts";
import { seedHaLinky } from "../../../src/simulator/home-assistant/former-tools.ts";
import { slotsOn } from "../../contracts/store-builders.ts";
import { dates, everythingIn, meter } from "../../support/statistics-world.ts";
import { describePage } from "./browsing.ts";
import { eventually } from "./eventually.ts";
import {
  flat,
  openFirstRun,
  openGatewayDown,
  openSmallAndLarge,
  openTenYears,
  openTwoMeters,
  openWithoutPrice,
} from "./home-states.ts";
import { answerOf, rowsOf, widthOf } from "./read.ts";
import { openWorld, serveBlank, serveWorld } from "./stored-home.ts";

const thin = "\u202f";

/** Without what stands under it. */
const nameOf = (cell: string): string | undefined => cell.split("\n")[0];

describePage("homes as they may be", {}, ({ visiting }) => {
  test("a gateway that is down since yesterday is told in one line, and what is known stays", async (t) => {
    const world = await openGatewayDown(t);
    const here = await visiting(t, { url: await serveWorld(t, world) });
    const line = here.view.locator(".problem").filter({ hasText: "La passerelle MyElectricalData ne répond pas" });
    await line.getByRole("link", { name: "Ouvrir les réglages" }).waitFor();
    // Called as the settings call it.
    await line.filter({ hasText: /l'option «\sAdresse de la passerelle\s»/ }).waitFor();
    // 600 W × 24 h, and the day after it nowhere as a zero.
    assert.match(await answerOf(here), new RegExp(`^Avant-hier, jeudi 19 novembre .*14,40${thin}kWh`));
    assert.doesNotMatch(await here.view.locator("main").innerText(), /(?<![\d,])0\s?kWh|null/);
    assert.equal(await widthOf(here), 390);
    await here.assertAccessible();
  });

  test("ten years have a bar and a line each, the largest amounts in kWh", async (t) => {
    const world = await openTenYears(t);
    const here = await visiting(t, { url: await serveWorld(t, world), hash: "#/consommation?vue=total", width: 1280 });
    await here.view.getByRole("button", { name: "Voir les valeurs" }).click();
    const rows = await rowsOf(here, "Consommation, Depuis le premier jour");
    assert.deepEqual(
      rows.map(([year = ""]) => nameOf(year)),
      ["2017", "2018", "2019", "2020", "2021", "2022", "2023", "2024", "2025", "2026"],
    );
    // 2017: 151 × 16 + 214 × 6 kWh; 2020: 152 × 15.7 + 214 × 5.7 kWh.
    assert.deepEqual([rows[0]?.[1], rows[3]?.[1]], [`3${thin}700,000`, `3${thin}606,200`]);
    await here.assertAccessible();
  });

  test("of two meters each has its own days, and the choice goes along", async (t) => {
    const world = await openTwoMeters(t);
    const here = await visiting(t, { url: await serveWorld(t, world), hash: "#/qualite" });
    await here.view.getByText("10 jours sur 10 sont complets.").waitFor();
    await here.view.getByLabel("Compteur").selectOption({ label: "Studio" });
    await here.view.getByText("5 jours sur 10 sont complets.").waitFor();
    for (const [hash, choices] of [
      ["#/ecowatt", 0],
      ["#/exporter?partie=historique", 0],
      ["#/exporter?partie=fichiers", 1],
    ] as const) {
      await here.goTo(hash);
      assert.equal(await here.view.locator(".household select").count(), choices, hash);
    }
    await here.goTo(`#/qualite?pdl=${flat}&jour=2026-11-19`);
    // 200 W × 24 h
    await here.view
      .getByText(/^4,80\s*kWh/)
      .first()
      .waitFor();
    await here.assertAccessible();
  });

  test("the first run asks for two values, and shows nothing that is not there", async (t) => {
    const here = await visiting(t, { url: await serveBlank(t, await openFirstRun(t)), hash: "#/premier-pas" });
    await here.view.getByRole("button", { name: "Relier mon compteur" }).waitFor();
    assert.doesNotMatch(await here.view.locator("main").innerText(), /\d\s?(kWh|€)|null/);
    await here.assertAccessible();
  });

  test("the smallest and the largest amounts are told in full, and the unknown months between as such", async (t) => {
    const url = await serveWorld(t, await openSmallAndLarge(t));
    const here = await visiting(t, { url, hash: "#/consommation?vue=annee" });
    await here.view.getByRole("button", { name: "Voir les valeurs" }).click();
    const amounts = new Map(
      (await rowsOf(here, "Consommation, 2026")).map(([month = "", amount]) => [nameOf(month), amount]),
    );
    assert.deepEqual(
      ["Janvier", "Juin", "Juillet"].map((month) => amounts.get(month)),
      [`1${thin}234,000`, "0,003", "—\ninconnu"],
    );
    assert.equal(await widthOf(here), 390);
  });

  test("without a price the page tells what it needs, in one line for both, and draws no scale", async (t) => {
    const here = await visiting(t, { url: await serveWorld(t, await openWithoutPrice(t)), hash: "#/couts" });
    await here.view.getByText("Le prix de ces jours n'est pas connu.").waitFor();
    assert.equal(await here.view.locator(".problem").filter({ hasText: "Ni prix ni abonnement connus" }).count(), 1);
    assert.doesNotMatch(await here.view.locator("main").innerText(), /0,00\s?€|null/);
    await here.assertAccessible();
  });

  test("a former tool's history is found, previewed, taken over and given back", async (t) => {
    const world = await openWorld(t);
    const hours = dates("2026-11-01", "2026-11-12").flatMap((date) =>
      Array.from({ length: 24 }, (_, hour) => ({
        start: instant(boundsOf(date).start + hour * hourMs),
        energyWh: 300 + 10 * hour,
      })),
    );
    seedHaLinky(world.double, { usagePoint: meter, hours });
    await world.ingest(dates("2026-11-10", "2026-11-14").flatMap((date) => slotsOn(date, 600)));
    await world.run();
    const before = everythingIn(world.double);
    const { view, assertAccessible } = await visiting(t, {
      url: await serveWorld(t, world),
      hash: "#/exporter?partie=historique",
    });
    await view.getByRole("button", { name: "Voir ce que cela changerait" }).click();
    const take = view.getByRole("button", { name: "Reprendre cet historique" });
    await take.waitFor();
    assert.deepEqual(everythingIn(world.double), before);
    await assertAccessible();
    await take.click();
    await view.getByRole("dialog").getByRole("button", { name: "Reprendre cet historique" }).click();
    await view.getByText("L'historique est repris.").waitFor();
    assert.notDeepEqual(everythingIn(world.double), before);
    await view.getByRole("button", { name: /^Rendre\s:/ }).click();
    const undoing = view.getByRole("dialog", { name: "Rendre cet historique ?" });
    await eventually(async () =>
      assert.deepEqual(await undoing.getByRole("button").allInnerTexts(), ["Annuler", "Rendre cet historique"]),
    );
    await undoing.getByRole("button", { name: "Rendre cet historique" }).click();
    await view.getByText("L'historique est de nouveau comme avant.").waitFor();
    await view.getByRole("button", { name: "Voir ce que cela changerait" }).waitFor();
  });
});
