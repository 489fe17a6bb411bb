import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { localDate } from "../../src/domain/calendar.ts";
import { formatAddress, parseAddress } from "../../src/page/address.ts";
import {
  neighbour,
  type Period,
  paramsOf,
  periodFrom,
  periodOf,
  titleOf,
  views,
  within,
  withView,
  yearBefore,
} from "../../src/page/period.ts";

const reach = { first: localDate("2023-03-15"), last: localDate("2026-11-20") };
const spanOf = (period: Period | null): string => (period === null ? "none" : `${period.from} ${period.to}`);

describe("a period of the date stepper", () => {
  test("is whole, even where some of its days are out of reach", () => {
    const day = localDate("2026-11-19");
    assert.deepEqual(
      views.map((view) => spanOf(periodOf(view, day, reach))),
      [
        "2026-11-19 2026-11-19",
        "2026-11-16 2026-11-22",
        "2026-11-01 2026-11-30",
        "2026-01-01 2026-12-31",
        "2023-03-15 2026-11-20",
      ],
    );
    assert.equal(spanOf(periodOf("mois", localDate("2024-02-29"), reach)), "2024-02-01 2024-02-29");
    assert.equal(spanOf(periodOf("mois", localDate("2026-12-31"), reach)), "2026-12-01 2026-12-31");
  });

  test("comes back from the address as it went there", () => {
    for (const view of views) {
      const period = periodOf(view, localDate("2025-06-05"), reach);
      const { vue, date } = paramsOf(period);
      assert.deepEqual(periodFrom({ vue, ...(date === null ? {} : { date }) }, reach), period);
    }
  });

  test("is the latest one where the address tells none or nonsense", () => {
    assert.equal(spanOf(periodFrom({}, reach)), "2026-11-01 2026-11-30");
    assert.equal(spanOf(periodFrom({ vue: "siècle", date: "2026-13-45" }, reach, "jour")), "2026-11-20 2026-11-20");
    assert.equal(spanOf(periodFrom({ vue: "jour", date: "2026-02-30" }, reach)), "2026-11-20 2026-11-20");
  });

  test("asked for out of reach is the nearest within", () => {
    assert.equal(spanOf(periodFrom({ vue: "jour", date: "2031-01-01" }, reach)), "2026-11-20 2026-11-20");
    assert.equal(spanOf(periodFrom({ vue: "mois", date: "1999-01" }, reach)), "2023-03-01 2023-03-31");
    assert.equal(spanOf(periodFrom({ vue: "mois", date: "2023-03" }, reach)), "2023-03-01 2023-03-31");
  });

  test("steps to its neighbours and no further than there are days", () => {
    const month = periodOf("mois", localDate("2026-11-19"), reach);
    assert.equal(spanOf(neighbour(month, -1, reach)), "2026-10-01 2026-10-31");
    assert.equal(spanOf(neighbour(month, 1, reach)), "none");
    assert.equal(spanOf(neighbour(periodOf("annee", localDate("2023-06-01"), reach), -1, reach)), "none");
    assert.equal(spanOf(neighbour(periodOf("total", reach.last, reach), -1, reach)), "none");
  });

  test("changes its view around the last of its days in reach", () => {
    const month = periodOf("mois", localDate("2026-11-02"), reach);
    assert.equal(spanOf(withView(month, "jour", reach)), "2026-11-20 2026-11-20");
    assert.equal(
      spanOf(withView(periodOf("mois", localDate("2025-02-02"), reach), "semaine", reach)),
      "2025-02-24 2025-03-02",
    );
  });

  test("is compared with the same days a year before, a week with the one 52 weeks earlier", () => {
    assert.equal(spanOf(yearBefore(periodOf("mois", localDate("2025-02-02"), reach))), "2024-02-01 2024-02-29");
    assert.equal(spanOf(yearBefore(periodOf("semaine", localDate("2026-11-19"), reach))), "2025-11-17 2025-11-23");
    assert.equal(spanOf(yearBefore(periodOf("jour", localDate("2024-02-29"), reach))), "2023-02-28 2023-02-28");
  });

  test("asks for no day out of reach", () => {
    assert.deepEqual(within(periodOf("mois", localDate("2023-03-20"), reach), reach), {
      from: "2023-03-15",
      to: "2023-03-31",
    });
    assert.equal(within(periodOf("mois", localDate("2022-03-20"), reach), reach), null);
  });

  test("is titled as people say it", () => {
    const today = localDate("2026-11-20");
    assert.deepEqual(
      views.map((view) => titleOf(periodOf(view, localDate("2026-11-19"), reach), today, "fr")),
      ["Hier, jeudi 19 novembre 2026", "Du 16 au 22 novembre 2026", "Novembre 2026", "2026", "Depuis le premier jour"],
    );
  });
});

describe("the address", () => {
  test("holds the page and its parameters", () => {
    const address = { page: "consommation", params: { pdl: "12345678901234", vue: "mois", date: "2026-11" } };
    const hash = "#/consommation?pdl=12345678901234&vue=mois&date=2026-11";
    assert.equal(formatAddress(address), hash);
    assert.deepEqual(parseAddress(hash), address);
  });

  test("that is empty, foreign or broken is still one", () => {
    assert.deepEqual(parseAddress(""), { page: "", params: {} });
    assert.deepEqual(parseAddress("#content"), { page: "content", params: {} });
    assert.deepEqual(parseAddress("#/%E0%A4%A/x?a"), { page: "", params: { a: "" } });
  });

  test("leaves empty parameters out and keeps any text whole", () => {
    const address = { page: "couts", params: { nom: "a&b=c d", rien: "" } };
    assert.deepEqual(parseAddress(formatAddress(address)), { page: "couts", params: { nom: "a&b=c d" } });
  });
});
