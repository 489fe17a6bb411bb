import { type HomeAssistant, HomeAssistantFailure } from "../statistics/recorder.ts";
import { type Finding, works } from "./finding.ts";

/** Whether Home Assistant answers and lets the token in with the rights that statistics need. */
export async function homeAssistantFinding(homeAssistant: HomeAssistant | null, signal: AbortSignal): Promise<Finding> {
  if (homeAssistant === null)
    return works(
      "Home Assistant : non réglé, aucune statistique n'est écrite pour le tableau Énergie. Pour cela, donnez HOMEASSISTANT_URL et HOMEASSISTANT_TOKEN.",
      "Home Assistant: not set, no statistics are written for the Energy Dashboard. For them, set HOMEASSISTANT_URL and HOMEASSISTANT_TOKEN.",
    );
  try {
    const session = await homeAssistant.open(signal);
    await session.close();
    const { version } = session.facts;
    return works(
      `Home Assistant : ${homeAssistant.url} répond, version ${version}, droits suffisants.`,
      `Home Assistant: ${homeAssistant.url} answers, version ${version}, with sufficient rights.`,
    );
  } catch (error) {
    if (!(error instanceof HomeAssistantFailure)) throw error;
    return {
      ok: false,
      text: { fr: `Home Assistant : ${error.text.fr}`, en: `Home Assistant: ${error.text.en}` },
    };
  }
}
