import assert from "node:assert/strict";
import { test } from "node:test";
import { boundsOf } from "../../../src/domain/calendar.ts";
import { hourMs, instant, usagePointId } from "../../../src/domain/units.ts";
import { seedHaLinky } from "../../../src/simulator/home-assistant/former-tools.ts";
import { sourceTask } from "../../../src/sync/plan/call.ts";
import { slotsOn, usagePoint } from "../../contracts/store-builders.ts";
import { dates, everythingIn, meter } from "../../support/statistics-world.ts";
import { describePage } from "./browsing.ts";
import { answerOf, rowsOf, widthOf } from "./read.ts";
import { openWorld, serveWorld } from "./stored-home.ts";

const thin = "\u202f";

describePage("homes as they may be", {}, ({ visiting }) => {
  test("a gateway that is down since yesterday is told in one line, and what is known stays", async (t) => {
    const world = await openWorld(t, { activationDate: dates("2026-11-10", "2026-11-10")[0] ?? null });
    await world.ingest(dates("2026-11-10", "2026-11-19").flatMap((date) => slotsOn(date, 600)));
    const task = { succeededAt: world.clock.now(), retryAt: null, detail: null, failures: 0 };
    await world.store.saveTask({ ...task, key: "usage_points", askedAt: world.clock.now() });
    await world.store.saveTask({
      key: sourceTask,
      askedAt: instant(Date.parse("2026-11-20T08:00:00Z")),
      succeededAt: instant(Date.parse("2026-11-20T05:00:00Z")),
      failures: 9,
      retryAt: instant(Date.parse("2026-11-21T08:30:00Z")),
      detail: null,
    });
    const here = await visiting(t, { url: await serveWorld(t, world) });
    const line = here.view.locator(".problem").filter({ hasText: "La passerelle MyElectricalData ne répond pas" });
    await line.getByRole("link", { name: "Ouvrir les réglages" }).waitFor();
    // 600 W × 24 h, and the day after it nowhere as a zero.
    assert.match(await answerOf(here), new RegExp(`^Avant-hier, jeudi 19 novembre .*14,40${thin}kWh`));
    assert.doesNotMatch(await here.view.locator("main").innerText(), /(?<![\d,])0\s?kWh|null/);
    assert.equal(await widthOf(here), 390);
    await here.assertAccessible();
  });

  test("ten years have a bar and a line each, the largest amounts in kWh", async (t) => {
    const world = await openWorld(t, { activationDate: dates("2017-01-01", "2017-01-01")[0] ?? null });
    await world.ingestDaily(dates("2017-01-01", "2026-11-19").map((date) => [date, 10_000]));
    const here = await visiting(t, { url: await serveWorld(t, world), hash: "#/consommation?vue=total", width: 1280 });
    await here.view.getByRole("button", { name: "Voir les valeurs" }).click();
    const rows = await rowsOf(here, "Consommation, Depuis le premier jour");
    assert.deepEqual(
      rows.map(([year]) => year),
      ["2017", "2018", "2019", "2020", "2021", "2022", "2023", "2024", "2025", "2026"],
    );
    // 10 kWh a day: 365 of them, 366 in 2020.
    assert.deepEqual([rows[0]?.[1], rows[3]?.[1]], [`3${thin}650,000`, `3${thin}660,000`]);
    await here.assertAccessible();
  });

  test("of two meters each has its own days, and the choice goes along", async (t) => {
    const flat = usagePointId("12345678905678");
    const from = { activationDate: dates("2026-11-10", "2026-11-10")[0] ?? null };
    const world = await openWorld(t);
    const listed = [usagePoint(meter, { ...from, name: "Maison" }), usagePoint(flat, { ...from, name: "Studio" })];
    await world.store.saveUsagePoints(world.deps.account, listed, world.clock.now());
    await world.ingest(dates("2026-11-10", "2026-11-19").flatMap((date) => slotsOn(date, 600)));
    await world.ingest(
      dates("2026-11-15", "2026-11-19").flatMap((date) => slotsOn(date, 200)),
      "consumption",
      flat,
    );
    const here = await visiting(t, { url: await serveWorld(t, world), hash: "#/qualite" });
    await here.view.getByText("10 jours sur 10 sont complets.").waitFor();
    await here.view.getByLabel("Compteur").selectOption({ label: "Studio" });
    await here.view.getByText("5 jours sur 10 sont complets.").waitFor();
    await here.goTo(`#/qualite?pdl=${flat}&jour=2026-11-19`);
    // 200 W × 24 h
    await here.view
      .getByText(/^4,80\s*kWh/)
      .first()
      .waitFor();
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
    await view.getByRole("button", { name: /^Annuler\s:/ }).click();
    await view.getByRole("dialog", { name: "Rendre cet historique ?" }).locator("button.main, button.danger").click();
    await view.getByText("L'historique est de nouveau comme avant.").waitFor();
    await view.getByRole("button", { name: "Voir ce que cela changerait" }).waitFor();
  });
});
