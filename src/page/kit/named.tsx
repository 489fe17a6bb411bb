import type { SettingsAnswer } from "../../server/api/settings.ts";
import { useApi } from "../api/resource.ts";
import { language } from "../language.ts";
import { mayNameOption, withOptionNames } from "../option-names.ts";

/** A sentence of the service, with options by their labels, which are asked for only where it names one by its key. */
export function Named({ text }: { readonly text: string }) {
  const known = useApi<SettingsAnswer>(mayNameOption(text) ? "api/settings" : null);
  return <>{known.data === null ? text : withOptionNames(text, known.data.settings, language.value)}</>;
}
