import { signal } from "@preact/signals";
import type { PlanEntry, PlansAnswer } from "../../../server/api/plans.ts";
import type { ChangedSettingsAnswer, SettingsAnswer } from "../../../server/api/settings.ts";
import { ask } from "../../api/client.ts";
import { Failure } from "../../api/failure.ts";
import { refreshAll } from "../../api/resource.ts";
import { planTexts } from "./plan-texts.ts";

type Plans = readonly PlanEntry[];

export interface LastChange {
  /** What the page had said before; null: nothing, so that another source's word held. */
  readonly former: unknown;
  readonly isUndone: boolean;
}

/** The last change of this visit, to be taken back; null before the first. */
export const lastChange = signal<LastChange | null>(null);

const key = "tariff_plans";

/** Keeps the plans, and waits until the service lives by them. @throws Failure */
export async function savePlans(plans: Plans, usagePoint: string): Promise<void> {
  const { settings } = await ask<SettingsAnswer>("api/settings");
  const present = settings.find((setting) => setting.key === key);
  if (present?.source === "commandLine") throw new Failure({ code: "fixed", status: 409, text: planTexts.fixed });
  await put(plans, usagePoint);
  lastChange.value = { former: present?.source === "page" ? present.value : null, isUndone: false };
}

/** As it was before the last change. @throws Failure */
export async function undoChange(usagePoint: string): Promise<void> {
  const change = lastChange.value;
  if (change === null) return;
  await put(change.former, usagePoint);
  lastChange.value = { ...change, isUndone: true };
}

async function put(value: unknown, usagePoint: string): Promise<void> {
  const path = `api/plans/${usagePoint}`;
  const before = await ask<PlansAnswer>(path);
  const body = { changes: { [key]: value } };
  const { isChanged } = await ask<ChangedSettingsAnswer>("api/settings", { method: "PUT", body });
  if (isChanged) await untilOther(path, JSON.stringify(before.said));
  await refreshAll();
}

const firstPauseMs = 1_500;
const pauseMs = 1_000;
const mostPauses = 45;

/** The service starts anew with the new plans; until then it answers with the former ones, or not at all. */
async function untilOther(path: string, before: string): Promise<void> {
  await pause(firstPauseMs);
  for (let tries = 0; tries < mostPauses; tries++) {
    const said = await ask<PlansAnswer>(path).then(
      (answer) => JSON.stringify(answer.said),
      () => before,
    );
    if (said !== before) return;
    await pause(pauseMs);
  }
  throw new Failure({ code: "slow", status: 0, text: planTexts.slow });
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
