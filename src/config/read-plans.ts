import type { PlanSetting } from "../domain/tariff/plan-setting.ts";
import type { Text } from "../shared/language.ts";
import { readAs } from "./kinds.ts";
import { Refusal } from "./remark.ts";
import { tariffPlans } from "./tariff-plans.ts";

/** The entries of the option tariff_plans as they are meant, or a sentence for each that cannot be. */
export function readPlans(
  entries: readonly unknown[],
): { readonly plans: readonly PlanSetting[] } | { readonly faults: readonly Text[] } {
  const read = readAs(tariffPlans, JSON.stringify(entries));
  return read instanceof Refusal ? { faults: [read.text, ...read.further] } : { plans: read };
}
