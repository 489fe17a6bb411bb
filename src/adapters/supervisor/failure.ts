import type { Text } from "../../shared/language.ts";

/** `forbidden` lasts until the app is installed anew; the others pass. */
export type SupervisorReason = "forbidden" | "unreachable" | "unexpected";

/** The Supervisor did not tell what was asked. The text is for users, complete in both languages. */
export class SupervisorFailure extends Error {
  override readonly name = "SupervisorFailure";
  readonly reason: SupervisorReason;
  readonly text: Text;
  constructor(reason: SupervisorReason, text: Text, options?: ErrorOptions) {
    super(text.en, options);
    this.reason = reason;
    this.text = text;
  }
}

export const sentences = {
  forbidden: (): Text => ({
    fr: "Le superviseur refuse de donner le serveur MQTT à cette application. Réinstallez-la, ou remplissez mqtt_broker.",
    en: "The Supervisor refuses to tell this app the MQTT broker. Install it again, or fill in mqtt_broker.",
  }),
  unreachable: (): Text => ({
    fr: "Le superviseur ne répond pas : le serveur MQTT n'est pas connu pour l'instant. Il sera demandé de nouveau.",
    en: "The Supervisor does not answer: the MQTT broker is not known for now. It will be asked again.",
  }),
  unexpected: (status: string): Text => ({
    fr: `Le superviseur répond autre chose que prévu (${status}) : le serveur MQTT n'est pas connu pour l'instant. Il sera demandé de nouveau.`,
    en: `The Supervisor answers something else than expected (${status}): the MQTT broker is not known for now. It will be asked again.`,
  }),
};
