import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { keepDraft, keptDraft } from "../../src/page/drafts.ts";

const first = { from: "", prices: {}, days: [""], isOn: false };
const begun = { ...first, from: "2026-11-01", prices: { hp: "0,2" } };

/** A tab's storage, with what it holds. */
function tabWith(stored: Readonly<Record<string, string>> = {}): Map<string, string> {
  const held = new Map(Object.entries(stored));
  const sessionStorage = {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => held.set(key, value),
    removeItem: (key: string) => held.delete(key),
  };
  Object.defineProperty(globalThis, "sessionStorage", { value: sessionStorage, configurable: true });
  return held;
}

afterEach(() => {
  for (const name of ["plan", "settings"]) keepDraft(name, null, "memory");
  Reflect.deleteProperty(globalThis, "sessionStorage");
});

test("what was begun is found again under its name, until it is forgotten", () => {
  const tab = tabWith();
  assert.equal(keptDraft("plan", first, "tab"), null);
  keepDraft("plan", begun, "tab");
  assert.deepEqual(keptDraft("plan", first, "tab"), begun);
  assert.equal(keptDraft("other", first, "tab"), null);
  keepDraft("plan", null, "tab");
  assert.equal(keptDraft("plan", first, "tab"), null);
  assert.equal(tab.size, 0);
});

test("the tab keeps it when the page is loaded anew, but nothing that may hold a secret", () => {
  tabWith({ "linky-bridge.draft.plan": JSON.stringify(begun) });
  assert.deepEqual(keptDraft("plan", first, "tab"), begun);
  assert.equal(keptDraft("plan", first, "memory"), null);
  const tab = tabWith();
  keepDraft("settings", { mqtt_password: "secret" }, "memory");
  assert.deepEqual(keptDraft("settings", {}, "memory"), { mqtt_password: "secret" });
  assert.equal(tab.size, 0);
});

test("what is no such form is none: another version's, and what cannot be read", () => {
  for (const text of ["{", "null", "[]", '{"from":1,"prices":{},"days":[],"isOn":false}', '{"from":"2026-11-01"}']) {
    tabWith({ "linky-bridge.draft.plan": text });
    assert.equal(keptDraft("plan", first, "tab"), null, text);
  }
});

test("without any storage it holds until the page is left", () => {
  Object.defineProperty(globalThis, "sessionStorage", {
    get: () => assert.fail("refused to a frame"),
    configurable: true,
  });
  keepDraft("plan", begun, "tab");
  assert.deepEqual(keptDraft("plan", first, "tab"), begun);
  keepDraft("plan", null, "tab");
  assert.equal(keptDraft("plan", first, "tab"), null);
});
