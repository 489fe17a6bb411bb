import { z } from "zod";
import { type UsagePointId, usagePointId } from "../../domain/units.ts";
import type { UsagePoint } from "../../domain/usage-point.ts";
import type { Address, Answer, Contract, Usage } from "../../sync/source.ts";
import { noData } from "./failure.ts";
import { anything, readDate, readKva, readText } from "./values.ts";

const listed = z.object({
  usage_point_id: z.union([z.string(), z.number()]),
  name: anything,
  is_active: z.boolean().nullish(),
  has_consumption: z.boolean().nullish(),
  has_production: z.boolean().nullish(),
  activation_date: anything,
  subscribed_power: anything,
  offpeak_hours: anything,
  pricing_option: anything,
  selected_offer_id: anything,
});

/** The account's usage points in its order; those whose number is not one are left out. */
export function parseUsagePoints(data: unknown): Answer<readonly UsagePoint[]> {
  const items = z.array(listed).nullish().parse(data) ?? [];
  const points = items.flatMap((item): UsagePoint[] => {
    const id = readId(item.usage_point_id);
    if (id === null) return [];
    return [
      {
        id,
        name: readText(item.name),
        isActive: item.is_active ?? true,
        hasConsumption: item.has_consumption ?? true,
        hasProduction: item.has_production ?? false,
        // `oldest_available_data_date` is not another word for it: it is the last start that was refused.
        activationDate: readDate(item.activation_date),
        subscribedPowerKva: readKva(item.subscribed_power),
        offpeakHours: readOffpeakHours(item.offpeak_hours),
        pricingOption: readText(item.pricing_option),
        selectedOfferId: readText(item.selected_offer_id),
      },
    ];
  });
  return { outcome: "data", data: points };
}

function readId(value: string | number): UsagePointId | null {
  try {
    return usagePointId(String(value).trim());
  } catch {
    return null;
  }
}

/** As the source spells it: a text as it is, any other shape as JSON; null when no text stands in it. */
export function readOffpeakHours(value: unknown): string | null {
  if (typeof value === "string") return readText(value);
  if (typeof value !== "object" || value === null) return null;
  return textsIn(value).length > 0 ? JSON.stringify(value) : null;
}

const textsIn = (value: unknown): string[] => {
  if (typeof value === "string") return readText(value) === null ? [] : [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

const record = z.record(z.string(), z.unknown());
const customerBody = z.object({
  customer: z.looseObject({
    usage_points: z.array(z.looseObject({ usage_point: record.nullish(), contracts: record.nullish() })).nullish(),
  }),
});

/** The customer of an answer with the entry of the usage point asked for; the first one where none bears its number. */
function readCustomer(data: unknown, id: UsagePointId) {
  if (data === null || data === undefined) return null;
  const { customer } = customerBody.parse(data);
  const entries = customer.usage_points ?? [];
  const entry = entries.find(({ usage_point }) => usage_point?.usage_point_id === id) ?? entries[0];
  return { customer, entry };
}

/** Contracts stand beside the usage point, and flat in the customer on the gateway's demo account. */
export function parseContract(data: unknown, id: UsagePointId): Answer<Contract> {
  const found = readCustomer(data, id);
  const contract = found?.entry?.contracts ?? found?.customer;
  if (!contract || !contractFields.some((field) => field in contract)) return noData("An answer without contract");
  return {
    outcome: "data",
    data: {
      activationDate: readDate(contract.last_activation_date),
      subscribedPowerKva: readKva(contract.subscribed_power),
      offpeakHours: readOffpeakHours(contract.offpeak_hours),
      segment: readText(contract.segment),
      distributionTariff: readText(contract.distribution_tariff),
      status: readText(contract.contract_status),
      raw: data,
    },
  };
}

const contractFields = ["last_activation_date", "subscribed_power", "offpeak_hours", "segment", "contract_status"];

export function parseAddress(data: unknown, id: UsagePointId): Answer<Address> {
  const entry = readCustomer(data, id)?.entry;
  const address = record.nullish().parse(entry?.usage_point?.usage_point_addresses);
  if (!address) return noData("An answer without address");
  return {
    outcome: "data",
    data: { city: readText(address.city), postalCode: readText(address.postal_code), raw: data },
  };
}

const usage = z.object({
  date: z.string(),
  no_cache_requests: z.number().int(),
  no_cache_limit: z.number().int(),
  cached_requests: z.number().int(),
  cached_limit: z.number().int(),
});

export function parseUsage(data: unknown): Answer<Usage> {
  const counters = usage.parse(data);
  return {
    outcome: "data",
    data: {
      utcDay: counters.date.slice(0, 10),
      used: counters.no_cache_requests,
      limit: counters.no_cache_limit,
      cachedUsed: counters.cached_requests,
      cachedLimit: counters.cached_limit,
    },
  };
}

const release = z.object({ version: z.string() });

export const parseRelease = (data: unknown): Answer<{ readonly version: string }> => ({
  outcome: "data",
  data: { version: release.parse(data).version },
});
