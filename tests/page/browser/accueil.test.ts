import assert from "node:assert/strict";
import { before, test } from "node:test";
import { dateAt } from "../../../src/domain/calendar.ts";
import { instant } from "../../../src/domain/units.ts";
import { energy, money } from "../../../src/page/format/amounts.ts";
import { type OverviewAnswer, overviewAnswer } from "../../../src/server/api/overview.ts";
import { type SyncState, syncState } from "../../../src/server/api/sync.ts";
import { describePage } from "./browsing.ts";
import { sharedDemonstration } from "./demonstration.ts";
import { eventually } from "./eventually.ts";
import { startIngress } from "./ingress.ts";
import type { Visit } from "./visit.ts";

describePage("the home page", { site: () => sharedDemonstration() }, ({ visit, url }) => {
  let known: OverviewAnswer;
  let sync: SyncState;
  before(async () => {
    known = overviewAnswer.parse(await (await fetch(`${url()}/api/overview`)).json());
    sync = syncState.parse(await (await fetch(`${url()}/api/sync`)).json());
  });

  interface Answers {
    readonly overview?: Partial<OverviewAnswer>;
    readonly sync?: Partial<SyncState>;
  }

  /** The page while the service answers otherwise than the demonstration does, still by its schemas. */
  async function answering({ page, settle }: Visit, { overview = {}, sync: state = {} }: Answers): Promise<void> {
    const told = overviewAnswer.parse({ ...known, ...overview });
    const fetching = syncState.parse({ ...sync, ...state });
    await page.route("**/api/overview", (route) => route.fulfill({ json: told }));
    await page.route("**/api/sync", (route) => route.fulfill({ json: fetching }));
    await page.route("**/api/sync/events", (route) =>
      route.fulfill({ contentType: "text/event-stream", body: `event: sync\ndata: ${JSON.stringify(fetching)}\n\n` }),
    );
    if (told.usagePoints.length === 0)
      await page.route("**/api/pdl", (route) => route.fulfill({ json: { usagePoints: [] } }));
    await page.reload();
    await settle();
  }

  const pointAt = (position: number): OverviewAnswer["usagePoints"][number] => {
    const point = known.usagePoints[position];
    assert.ok(point, `the demonstration has no meter ${position}`);
    return point;
  };

  test("the button for a reading says what it takes, that it is asked for, and then what came of it", () =>
    visit({}, async ({ page, view, settle, assertAccessible }) => {
      const former = { endedAt: "2026-11-20T08:00:00.000Z", result: { calls: 1, written: 0 } };
      const ended = { endedAt: "2026-11-21T08:00:00.000Z", result: { calls: 2, written: 48 } };
      let lastAsked: SyncState["lastAsked"] = former;
      let asked = 0;
      await page.route("**/api/sync", (route) => {
        if (route.request().method() === "POST") asked++;
        return route.fulfill({ json: syncState.parse({ ...sync, lastAsked }) });
      });
      const overview = { ...known, bridge: { ...known.bridge, budget: { used: 13, allowed: 50, left: 37 } } };
      await page.route("**/api/overview", (route) => route.fulfill({ json: overviewAnswer.parse(overview) }));
      await page.reload();
      await settle();
      await view.getByText(/^Un relevé prend quelques appels du jour\s: il en reste 37\.$/).waitFor();
      await view.getByRole("button", { name: "Relever maintenant" }).click();
      await view.getByText(/^Demandé\s: le relevé part/).waitFor();
      assert.equal(asked, 1);
      lastAsked = ended;
      await view.getByText(/^Fait\s: 48 valeurs nouvelles\.$/).waitFor();
      await assertAccessible();
    }));

  test("opens with the latest day and its cost, as the API has them, inside Home Assistant too", async () => {
    const ingress = await startIngress({ target: url() });
    try {
      await visit({ url: ingress.pageUrl }, async ({ view, assertAccessible }) => {
        const point = pointAt(0);
        const [flow] = point.flows;
        assert.ok(flow?.latest && point.costs.latest && flow.month && flow.year);
        const figures = await view.locator(".answer").first().locator(".answer-figure").allInnerTexts();
        assert.deepEqual(
          figures.map((figure) => figure.trim()),
          [energy(flow.latest.energyWh, "fr"), money(point.costs.latest.eur, "fr")],
        );
        const all = await view.locator("main").innerText();
        for (const figure of [energy(flow.month.energyWh, "fr"), energy(flow.year.energyWh, "fr")])
          assert.ok(all.includes(figure), `${figure} in ${all}`);
        assert.doesNotMatch(all, /null|undefined|NaN/);
        await assertAccessible();
        assert.equal(await view.evaluate("document.documentElement.scrollWidth"), 390);
      });
    } finally {
      await ingress.close();
    }
  });

  test("of a meter that does not produce says nothing about production, in English", () =>
    visit(
      { hash: `#/accueil?pdl=${pointAt(1).id}`, language: "en", width: 1280, theme: "dark" },
      async ({ view, assertAccessible }) => {
        assert.deepEqual(
          pointAt(1).flows.map(({ flow }) => flow),
          ["consumption"],
        );
        // The card of the other meter tells its own; a title of its own there would be of this one.
        await view.getByRole("heading", { level: 2, name: "Consumption", exact: true }).waitFor();
        assert.equal(await view.getByRole("heading", { level: 2, name: "Production", exact: true }).count(), 0);
        await assertAccessible();
      },
    ));

  test("without an account leads to the first steps; with one it waits for the meter", () =>
    visit({}, async (visit) => {
      await answering(visit, { overview: { usagePoints: [] }, sync: { canRequest: true, history: [] } });
      await visit.view.getByText("Votre compteur n'a pas encore répondu").waitFor();
      await visit.assertAccessible();
      await answering(visit, { overview: { usagePoints: [] }, sync: { canRequest: false, history: [] } });
      await visit.view.getByRole("heading", { level: 1, name: "Premiers pas" }).waitFor();
    }));

  test("tells trouble with what to do, and how far the first fetch is", () =>
    visit({}, async (visit) => {
      const problem = {
        code: "credentials",
        usagePoint: null,
        since: known.at,
        fr: "La passerelle refuse vos identifiants.",
        en: "The gateway refuses your credentials.",
      };
      const history = [{ usagePoint: pointAt(0).id, knownDays: 500, wantedDays: 2000, remainingCalls: 12 }];
      await answering(visit, {
        overview: { bridge: { ...known.bridge, problems: [problem] } },
        sync: { history, remainingCalls: 12, remainingDays: 3 },
      });
      const { view } = visit;
      const line = view.locator(".problem").filter({ hasText: problem.fr });
      assert.match(
        (await line.getByRole("link", { name: "Ouvrir les réglages" }).getAttribute("href")) ?? "",
        /reglages/,
      );
      const progress = view.getByRole("progressbar");
      // The answer stands first.
      const [first] = await view.locator(".home h2").allInnerTexts();
      assert.equal(first, "Consommation");
      // 500 / 2000 = 25 %
      assert.match(String(await progress.getAttribute("aria-labelledby").then(nameIn(visit))), /^Historique\s: 25\s%$/);
      await view.getByText(/^Encore 12 appels à la passerelle, environ 3 jours\.$/).waitFor();
      await visit.assertAccessible();
    }));

  test("a day that is not known is a dash and a reason, never a zero", () =>
    visit({}, async (visit) => {
      const { view } = visit;
      const flows = pointAt(1).flows.map((flow) => ({
        ...flow,
        latest: null,
        yesterday: null,
        month: null,
        year: null,
      }));
      const tomorrow = { ...known.tempo.tomorrow, color: null, announcedAt: null };
      // Whatever the hour: the Tempo day in force is this very day.
      const today = { ...known.tempo.today, date: dateAt(instant(Date.parse(known.at))) };
      await answering(visit, {
        overview: { usagePoints: [{ ...pointAt(0), flows }], tempo: { ...known.tempo, today, tomorrow } },
      });
      assert.equal((await view.locator(".answer-figure").first().innerText()).trim(), "—");
      await view.getByText("Aucun jour n'est encore connu").first().waitFor();
      await view.getByText("Demain, pas encore annoncé").waitFor();
      assert.doesNotMatch(await view.locator("main").innerText(), /\b0\s?kWh|null/);
      await visit.assertAccessible();
    }));

  for (const { width, columns } of [
    { width: 899, columns: 1 },
    { width: 900, columns: 2 },
    { width: 1399, columns: 2 },
    { width: 1400, columns: 3 },
  ])
    test(`the cards stand in ${columns} columns on a screen of ${width}, one close below the other`, () =>
      visit({ width }, async ({ view }) => {
        const gaps: unknown = await view.evaluate(`(() => {
          const cards = [...document.querySelectorAll('.home .card')].map((card) => card.getBoundingClientRect());
          const columns = Object.values(Object.groupBy(cards, ({ left }) => left));
          return columns.map((column) => Math.round(Math.max(...column.slice(1).map((card, at) => card.top - column[at].bottom))));
        })()`);
        assert.deepEqual(
          gaps,
          Array.from({ length: columns }, () => 16),
        );
      }));

  test("on paper a dark page is light, and nothing stands there to be pressed", () =>
    visit({ theme: "dark" }, async ({ page, view }) => {
      const scheme = async (): Promise<unknown> => view.evaluate("document.documentElement.dataset.scheme");
      const pressed = view.locator("button:visible, nav:visible, .button:visible");
      await eventually(async () => assert.equal(await scheme(), "dark"));
      await page.emulateMedia({ media: "print" });
      await eventually(async () => {
        assert.equal(await scheme(), "light");
        assert.equal(await pressed.count(), 0);
      });
      await page.emulateMedia({ media: null });
      await eventually(async () => assert.equal(await scheme(), "dark"));
    }));
});

/** The words of the element that labels another. */
const nameIn =
  ({ view }: Visit) =>
  (id: string | null): Promise<unknown> =>
    view.evaluate(`document.getElementById(${JSON.stringify(id)}).textContent`);
