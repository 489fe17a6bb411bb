import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { addDays, daysFromTo, localDate } from "../../src/domain/calendar.ts";
import { failureOf, offline } from "../../src/page/api/failure.ts";
import { moved } from "../../src/page/charts/keys.ts";
import { monthsOf, moveOf, upToMonthOf } from "../../src/page/kit/calendar-days.ts";
import { contrast, isDark, parseRgb, type Rgb } from "../../src/page/theme/contrast.ts";

describe("the calendar of days", () => {
  const days = daysFromTo(localDate("2026-10-28"), localDate("2026-12-02")).map((date) => ({ date, kind: "known" }));

  test("lays days out by month and week, each under its weekday", () => {
    const months = monthsOf(days);
    assert.deepEqual(
      months.map(({ month }) => month),
      ["2026-10", "2026-11", "2026-12"],
    );
    // 28 October 2026 is a Wednesday, 1 November a Sunday.
    assert.deepEqual(
      months[0]?.weeks.map((week) => week.days.map((day) => day?.date.slice(8) ?? "")),
      [["", "", "28", "29", "30", "31", ""]],
    );
    assert.deepEqual(
      months[1]?.weeks[0]?.days.map((day) => day?.date.slice(8) ?? ""),
      ["", "", "", "", "", "", "01"],
    );
    assert.equal(months.flatMap(({ weeks }) => weeks.flatMap((week) => week.days.filter(Boolean))).length, days.length);
  });

  test("ends with the month that it is to end with", () => {
    assert.equal(upToMonthOf(days, localDate("2026-11-03")).at(-1)?.date, "2026-11-30");
    assert.equal(upToMonthOf(days, undefined).length, days.length);
  });

  test("is walked by the keys and never left by them", () => {
    const from = localDate("2026-11-19");
    const keys = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown", "Enter"];
    assert.deepEqual(
      keys.map((key) => moveOf(from, key, days)),
      [
        "2026-11-18",
        "2026-11-20",
        "2026-11-12",
        "2026-11-26",
        "2026-11-16",
        "2026-11-22",
        "2026-10-28", // 19 October is before the first day
        "2026-12-02", // 19 December is after the last one
        null,
      ],
    );
  });

  test("goes from the 31st to the last day of a shorter month", () => {
    const year = daysFromTo(localDate("2026-01-01"), addDays(localDate("2026-01-01"), 364)).map((date) => ({
      date,
      kind: "",
    }));
    assert.equal(moveOf(localDate("2026-01-31"), "PageDown", year), "2026-02-28");
    assert.equal(moveOf(localDate("2026-03-31"), "PageUp", year), "2026-02-28");
  });
});

test("the arrow keys walk a chart from either end and stop at the other", () => {
  assert.deepEqual(
    [moved(null, "ArrowRight", 5), moved(4, "ArrowRight", 5), moved(null, "ArrowLeft", 5), moved(0, "ArrowLeft", 5)],
    [0, 4, 4, 0],
  );
  assert.deepEqual(
    [moved(2, "Home", 5), moved(2, "End", 5), moved(2, "a", 5), moved(null, "ArrowRight", 0)],
    [0, 4, null, null],
  );
});

describe("a failure", () => {
  test("speaks in the API's own words", () => {
    const failure = failureOf(404, { error: { code: "unknown_meter", fr: "Aucun compteur.", en: "No meter." } });
    assert.deepEqual([failure.code, failure.status, failure.text.fr], ["unknown_meter", 404, "Aucun compteur."]);
  });

  test("that is not the API's has a sentence all the same", () => {
    for (const content of [undefined, null, "<html>", { error: "x" }, { error: { code: 1 } }]) {
      const failure = failureOf(502, content);
      assert.equal(failure.code, "unreadable");
      assert.match(failure.text.fr, /\(502\)/);
    }
    assert.match(offline().text.fr, /ne répond pas/);
  });
});

describe("colours", () => {
  const styles = readFileSync(new URL("../../src/page/theme/tokens.css", import.meta.url), "utf8");
  const [, light = "", dark = ""] = styles.split(/^:root,\n|^:root\[data-scheme="dark"\]/m);

  const tokensOf = (block: string): ReadonlyMap<string, Rgb> => {
    const found = new Map<string, Rgb>();
    for (const [, name = "", hex = ""] of block.matchAll(/--([\w-]+): #([0-9a-f]{6});/g)) {
      const channel = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16);
      found.set(name, [channel(0), channel(2), channel(4)]);
    }
    return found;
  };
  const schemes = { light: tokensOf(light), dark: new Map([...tokensOf(light), ...tokensOf(dark)]) };
  const ratio = (tokens: ReadonlyMap<string, Rgb>, one: string, other: string): number => {
    const [a, b] = [tokens.get(one), tokens.get(other)];
    assert.ok(a && b, `${one} or ${other} is absent`);
    return contrast(a, b);
  };

  for (const [scheme, tokens] of Object.entries(schemes)) {
    test(`of text hold 4.5 to 1 (${scheme})`, () => {
      const pairs = [
        ...["text", "muted", "accent", "tone-cost"].flatMap((name) =>
          ["page", "card", "sunken"].map((back) => [name, back]),
        ),
        ["warn-text", "warn-back"],
        ["bad-text", "bad-back"],
        ["bad-text", "card"],
        ["good-text", "card"],
        ["on-accent", "accent"],
        ["on-tempo-white", "tempo-white"],
        ["on-ecowatt", "ecowatt-green"],
        ["on-ecowatt", "ecowatt-orange"],
      ] as const;
      for (const [text = "", back = ""] of pairs)
        assert.ok(ratio(tokens, text, back) >= 4.5, `${text} on ${back}: ${ratio(tokens, text, back)}`);
    });

    test(`of shapes hold 3 to 1 on a card, white ones by their edge (${scheme})`, () => {
      const shapes = [...tokens.keys()].filter((name) => name.startsWith("tone-") && !name.startsWith("tone-white"));
      assert.ok(shapes.length > 10);
      for (const name of [...shapes, "edge", "focus", "tempo-white-edge"])
        assert.ok(ratio(tokens, name, "card") >= 3, `${name}: ${ratio(tokens, name, "card")}`);
    });
  }

  test("are compared as WCAG does", () => {
    assert.equal(contrast([0, 0, 0], [255, 255, 255]), 21);
    assert.equal(contrast([119, 119, 119], [255, 255, 255]).toFixed(2), "4.48"); // #777777, the well-known near miss
    assert.deepEqual([isDark([17, 17, 17]), isDark([250, 250, 250])], [true, false]);
  });

  test("are read as a browser computes them", () => {
    assert.deepEqual(parseRgb("rgb(17, 17, 17)"), [17, 17, 17]);
    assert.deepEqual(parseRgb("rgba(17, 17, 17, 0.5)"), null);
    assert.deepEqual(parseRgb("color(srgb 1 1 1)"), null);
  });
});
