import { redact } from "./redaction.ts";

const longestShown = 300;
/** An answer may be megabytes; a secret that this cuts in two is far behind what is shown. */
const longestLooked = 65_536;

/**
 * What another program said, as a sentence of ours may repeat it: on one line, at most 300 characters, without secrets. It
 * may be a page, a dump of a whole object, or what it was sent.
 */
export function peerWords(text: string): string {
  const line = redact(text.slice(0, longestLooked)).replace(/\s+/g, " ").trim();
  return line.length > longestShown ? `${line.slice(0, longestShown)}…` : line;
}
