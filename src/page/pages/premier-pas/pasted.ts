/** What a paste says: each value under its name, as the account's page, a message or an options file has them. */
export interface Pasted {
  readonly clientId?: string;
  readonly clientSecret?: string;
}

/** The account's page shows ids that begin so. */
const isId = (word: string): boolean => /^cli_[\w-]+$/.test(word);

/** A secret is one long word that is in no dictionary; addresses and the names of options are none. */
const isSecret = (word: string): boolean =>
  /^[!-~]{12,}$/.test(word) && /[\d_-]/.test(word) && !isId(word) && !word.includes("://") && !isName(word);

const isName = (word: string): boolean => /client[_-]?(id|secret)$/i.test(word);

/**
 * The id and the secret in a text that holds both, whatever stands between them: line breaks, `client_id:`,
 * `MED_CLIENT_SECRET=`, quotes. Empty where the text is one value only, which its own field takes as it is.
 */
export function pastedCredentials(text: string): Pasted {
  const words = text
    .split(/[\s,;{}"'`«»]+/)
    .map((word) => word.replace(/^\w*client_?(id|secret)[:=]/i, "").replace(/:$/, ""))
    .filter((word) => word !== "");
  const clientId = words.find(isId);
  const clientSecret = words.find(isSecret);
  return clientId === undefined || clientSecret === undefined ? {} : { clientId, clientSecret };
}
