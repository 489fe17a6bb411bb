import assert from "node:assert/strict";
import { test } from "node:test";
import {
  parseAddress,
  parseContract,
  parseUsage,
  parseUsagePoints,
  readOffpeakHours,
} from "../../../src/adapters/gateway/account.ts";
import { usagePointId } from "../../../src/domain/units.ts";
import { home } from "./support.ts";

test("a usage point as /pdl lists it", () => {
  const item = {
    id: "550e8400-e29b-41d4-a716-446655440000",
    usage_point_id: "01234567890123",
    name: "Maison",
    subscribed_power: 9,
    offpeak_hours: { ranges: ["22:00-06:00"] },
    pricing_option: "TEMPO",
    selected_offer_id: "9b2f0000-0000-4000-8000-000000000009",
    has_consumption: true,
    has_production: true,
    is_active: false,
    oldest_available_data_date: "2017-01-01",
    activation_date: "2018-08-31",
  };
  assert.deepEqual(parseUsagePoints([item]), {
    outcome: "data",
    data: [
      {
        id: "01234567890123",
        name: "Maison",
        isActive: false,
        hasConsumption: true,
        hasProduction: true,
        activationDate: "2018-08-31",
        subscribedPowerKva: 9,
        offpeakHours: '{"ranges":["22:00-06:00"]}',
        pricingOption: "TEMPO",
        selectedOfferId: "9b2f0000-0000-4000-8000-000000000009",
      },
    ],
  });
});

test("what /pdl does not tell is null, and the refused start is no activation", () => {
  const answer = parseUsagePoints([{ usage_point_id: "12345678901234", oldest_available_data_date: "2017-01-01" }]);
  assert.deepEqual(answer.outcome === "data" && answer.data[0], {
    id: "12345678901234",
    name: null,
    isActive: true,
    hasConsumption: true,
    hasProduction: false,
    activationDate: null,
    subscribedPowerKva: null,
    offpeakHours: null,
    pricingOption: null,
    selectedOfferId: null,
  });
});

test("an account without usage points is a fact, and a number that is none is left out", () => {
  assert.deepEqual(parseUsagePoints([]), { outcome: "data", data: [] });
  assert.deepEqual(parseUsagePoints([{ usage_point_id: "123" }]), { outcome: "data", data: [] });
});

test("off-peak hours of every shape become one text", () => {
  const cases: readonly (readonly [unknown, string | null])[] = [
    ["HC (22H00-6H00)", "HC (22H00-6H00)"],
    ["HC (02H00-07H00 + 13H00-16H00)", "HC (02H00-07H00 + 13H00-16H00)"],
    [["22:00-06:00"], '["22:00-06:00"]'],
    [{ default: "HC (1H00-7H00)" }, '{"default":"HC (1H00-7H00)"}'],
    [[{ start: "22:00", end: "06:00" }], '[{"start":"22:00","end":"06:00"}]'],
    [{ monday: "22:30-06:30" }, '{"monday":"22:30-06:30"}'],
    [null, null],
    [undefined, null],
    ["", null],
    [[], null],
    [{ ranges: [] }, null],
    [{ default: "" }, null],
  ];
  for (const [value, expected] of cases) assert.equal(readOffpeakHours(value), expected, JSON.stringify(value));
});

const contracts = {
  segment: "C5",
  subscribed_power: "9 kVA",
  last_activation_date: "2013-08-14+01:00",
  distribution_tariff: "BTINFCUDT",
  offpeak_hours: "HC (22H00-6H00)",
  contract_type: null,
  contract_status: "SERVC",
};
const expected = {
  activationDate: "2013-08-14",
  subscribedPowerKva: 9,
  offpeakHours: "HC (22H00-6H00)",
  segment: "C5",
  distributionTariff: "BTINFCUDT",
  status: "SERVC",
};

test("a contract is read beside its usage point and kept whole", () => {
  const other = { usage_point: { usage_point_id: "99999999999999" }, contracts: { subscribed_power: "36 kVA" } };
  const data = { customer: { usage_points: [other, { usage_point: { usage_point_id: home }, contracts }] } };
  assert.deepEqual(parseContract(data, home), { outcome: "data", data: { ...expected, raw: data } });
});

test("a contract laid flat in the customer is read too", () => {
  const data = { customer: { customer_id: "1", ...contracts } };
  assert.deepEqual(parseContract(data, home), { outcome: "data", data: { ...expected, raw: data } });
});

test("no contract is no data", () => {
  for (const data of [null, { customer: { usage_points: [] } }, { customer: { usage_points: [{ contracts: null }] } }])
    assert.equal(parseContract(data, home).outcome, "no_data");
  assert.throws(() => parseContract({ client: {} }, home), { name: "ZodError" });
});

test("an address stands inside the usage point", () => {
  const usage_point = {
    usage_point_id: home,
    usage_point_addresses: { street: "2 bis rue du Port", postal_code: "32400", city: "Maulichères", geo_points: {} },
  };
  const data = { customer: { usage_points: [{ usage_point }] } };
  const expectedAddress = { city: "Maulichères", postalCode: "32400", raw: data };
  assert.deepEqual(parseAddress(data, home), { outcome: "data", data: expectedAddress });
  const none = { customer: { usage_points: [{ usage_point: { usage_point_id: home } }] } };
  assert.equal(parseAddress(none, usagePointId("12345678901234")).outcome, "no_data");
});

test("the day's counters", () => {
  const data = {
    cached_requests: 12,
    no_cache_requests: 7,
    cached_limit: 1000,
    no_cache_limit: 50,
    date: "2026-11-20",
  };
  assert.deepEqual(parseUsage(data), {
    outcome: "data",
    data: { utcDay: "2026-11-20", used: 7, limit: 50, cachedUsed: 12, cachedLimit: 1000 },
  });
});
