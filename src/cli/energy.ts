import type { Clock } from "../shared/clock.ts";
import type { Language, Text } from "../shared/language.ts";
import { applyEnergy, previewApply } from "../sync/energy/apply.ts";
import { EnergyRefusal, type EnergyRefusalCode } from "../sync/energy/refusal.ts";
import { reviewEnergy } from "../sync/energy/review.ts";
import { previewUndo, type UndoDeps, undoEnergy } from "../sync/energy/undo.ts";
import { type HomeAssistant, HomeAssistantFailure } from "../sync/statistics/recorder.ts";
import { applyLines, reviewLines, undoLines } from "./energy-lines.ts";
import type { Output } from "./session.ts";

export interface EnergyArguments {
  readonly action: "show" | "apply" | "undo";
  /** Sources to take out of the dashboard, by their ids. */
  readonly replace: readonly string[];
  /** Also where energy would be counted twice, or where the dashboard was changed by hand. */
  readonly anyway: boolean;
  /** Without it nothing is changed. */
  readonly yes: boolean;
  readonly json: boolean;
}

/** The parts of the session that the command uses. */
export interface EnergyPort {
  readonly store: UndoDeps["store"];
  readonly clock: Clock;
  readonly language: Language;
  readonly output: Output;
  /** Null where none is set. */
  readonly homeAssistant: HomeAssistant | null;
}

/** The Energy Dashboard assistant. 1 when Home Assistant is in the way, 2 when the request has to be another one. */
export async function energy(port: EnergyPort, wanted: EnergyArguments, signal: AbortSignal): Promise<number> {
  try {
    if (port.homeAssistant === null) return tell(port, wanted, { code: "home_assistant_off", text: notSet }, 2);
    const home = await port.homeAssistant.open(signal);
    try {
      await run(port, wanted, { home, store: port.store, clock: port.clock });
      return 0;
    } finally {
      await home.close();
    }
  } catch (error) {
    if (error instanceof EnergyRefusal) return tell(port, wanted, error, toCorrect.includes(error.code) ? 2 : 1);
    if (error instanceof HomeAssistantFailure)
      return tell(port, wanted, { code: `home_assistant_${error.reason}`, text: error.text }, 1);
    throw error;
  }
}

/** Another request would do; the rest needs another Home Assistant, or another moment. */
const toCorrect: readonly EnergyRefusalCode[] = [
  "unknown_id",
  "would_count_twice",
  "nothing_to_undo",
  "changed_since",
  "of_adoption",
];

async function run(port: EnergyPort, wanted: EnergyArguments, deps: UndoDeps): Promise<void> {
  const { replace, anyway, yes } = wanted;
  const say = (result: object, lines: (language: Language) => readonly string[]): void => {
    if (wanted.json) port.output.line(JSON.stringify(result, null, 2));
    else for (const line of lines(port.language)) port.output.line(line);
  };
  if (wanted.action === "undo") {
    const undone = yes ? await undoEnergy(deps, { anyway }) : await previewUndo(deps);
    return say({ ...undone, isDone: yes }, (language) => undoLines(undone, yes, language));
  }
  const review = await reviewEnergy(deps);
  if (wanted.action === "show") return say(review, (language) => reviewLines(review, language));
  const applied = yes
    ? await applyEnergy(deps, { digest: review.digest, replace, anyway })
    : await previewApply(deps, { replace, anyway });
  say({ ...applied, isDone: yes }, (language) => applyLines(applied, wanted, language));
}

function tell(
  { output, language }: EnergyPort,
  { json }: EnergyArguments,
  { code, text }: { readonly code: string; readonly text: Text },
  exitCode: number,
): number {
  output.line(json ? JSON.stringify({ error: { code, ...text } }, null, 2) : text[language]);
  if (!json && choices.some((choice) => choice === code)) output.line(whatToType[language]);
  return exitCode;
}

/** Refusals after which the review shows what can be done instead. */
const choices: readonly EnergyRefusalCode[] = ["would_count_twice", "unknown_id"];
const whatToType: Text = {
  fr: "Les sources et les commandes à taper : linky-bridge energy",
  en: "The sources, and what to type: linky-bridge energy",
};

const notSet: Text = {
  fr: "Home Assistant n'est pas réglé, ou HOMEASSISTANT_ENABLED l'éteint : donnez HOMEASSISTANT_URL et HOMEASSISTANT_TOKEN.",
  en: "Home Assistant is not set, or HOMEASSISTANT_ENABLED switches it off: give HOMEASSISTANT_URL and HOMEASSISTANT_TOKEN.",
};
