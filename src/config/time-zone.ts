import { type Kind, kind } from "./kinds.ts";
import { refuse } from "./remark.ts";

/** A zone of the IANA database, as `Intl` knows it. */
export const timeZoneName: Kind<string> = kind((raw) => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: raw }).resolvedOptions().timeZone;
  } catch {
    return refuse(
      `« ${raw} » n'est pas un fuseau horaire connu ; écrivez par exemple Europe/Paris.`,
      `"${raw}" is no time zone that is known; write for example Europe/Paris.`,
    );
  }
});
