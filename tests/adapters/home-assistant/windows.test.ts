import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { windowsOf } from "../../../src/adapters/home-assistant/windows.ts";
import { hourMs, type Instant, instant } from "../../../src/domain/units.ts";

const at = (iso: string): Instant => instant(Date.parse(iso));
const now = at("2026-11-20T12:00:00Z");
const shown = (windows: ReturnType<typeof windowsOf>) =>
  windows.map(({ from, before }) => [
    new Date(from).toISOString().slice(0, 10),
    before === null ? "open" : new Date(before).toISOString().slice(0, 10),
  ]);

test("a short span is one window", () => {
  const span = { from: at("2026-11-01T00:00:00Z"), before: at("2026-11-02T00:00:00Z") };
  assert.deepEqual(windowsOf(span, { ids: 8, now }), [{ from: span.from, before: span.before }]);
});

test("an open beginning is 1970, in one window up to the first meters; an open end stays open", () => {
  assert.deepEqual(shown(windowsOf({}, { ids: 1, now: at("2013-06-01T00:00:00Z") })), [
    ["1970-01-01", "2010-01-01"],
    // 730 days on: 2012 is a leap year and these two are not.
    ["2010-01-01", "2012-01-01"],
    ["2012-01-01", "open"],
  ]);
});

test("eight series are read a year at a time", () => {
  // 70,080 rows / 8 = 8,760 hours = 365 days.
  const span = { from: at("2024-01-01T00:00:00Z"), before: at("2026-01-01T00:00:00Z") };
  assert.deepEqual(shown(windowsOf(span, { ids: 8, now })), [
    ["2024-01-01", "2024-12-31"],
    ["2024-12-31", "2025-12-31"],
    ["2025-12-31", "2026-01-01"],
  ]);
});

test("an empty span has no window", () => {
  assert.deepEqual(windowsOf({ from: now, before: now }, { ids: 1, now }), []);
  assert.deepEqual(windowsOf({ from: now, before: instant(now - hourMs) }, { ids: 1, now }), []);
});

const hour = fc.integer({ min: 0, max: 60 * 8_766 }).map((hours) => instant(hours * hourMs));

test("whatever the span, windows touch, cover it exactly, and from 2010 on no reply can be too large", () => {
  fc.assert(
    fc.property(fc.option(hour), fc.option(hour), fc.integer({ min: 1, max: 200 }), (from, before, ids) => {
      const span = { ...(from === null ? {} : { from }), ...(before === null ? {} : { before }) };
      const windows = windowsOf(span, { ids, now });
      if (before !== null && before <= (from ?? 0)) return assert.deepEqual(windows, []);
      assert.equal(windows[0]?.from, from ?? 0);
      assert.equal(windows.at(-1)?.before, before);
      for (const [position, { from: start, before: end }] of windows.entries()) {
        if (position > 0) assert.equal(start, windows[position - 1]?.before);
        if (end === null) continue;
        assert.ok(end > start);
        if (start >= at("2010-01-01T00:00:00Z"))
          assert.ok(((end - start) / hourMs) * ids <= 70_080 || end - start === hourMs);
      }
    }),
  );
});
