import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "../shared/log.ts";
import { sendStarting } from "./limits.ts";
import { closePort, type Listener, openListener, openPort, portOf, tellReady } from "./port.ts";

export interface WantedDoors {
  /** A name or an address, IPv6 without brackets. */
  readonly host: string;
  /** Of the API; 0 for any free one. */
  readonly port: number;
  /** A second port, which answers alike; null: none. */
  readonly pagePort: number | null;
  /** Whether another free port does where a wanted one is taken. */
  readonly orAnyPort: boolean;
  readonly log: Logger;
}

/** Without a slash at their ends. */
export interface Addresses {
  /** Of the API, or of the page where only that has its port. */
  readonly url: string;
  /** Of the page; the API's where it has no port of its own. */
  readonly pageUrl: string;
}

/** A request that nobody answers yet waits for so long, in ms: longer than the service takes to begin anew. */
const longestWaitMs = 30_000;
/** What is under way when nobody is to answer any more has so long to end, in ms. */
const lastWordsMs = 2_000;
const glanceMs = 10;

interface Opened {
  readonly host: string;
  readonly listeners: readonly Listener[];
  /** Null where the address could not be had. */
  readonly url: string | null;
  /** Null where it has none, or could not be had. */
  readonly pageUrl: string | null;
}

/**
 * The addresses of the API and the page. They stay open while the service begins anew, as it does when a setting
 * changes: whoever asks meanwhile is answered a moment later, by the service that has the new settings.
 */
export class Doors {
  #opened: Opened | null = null;
  #answer: RequestListener | null = null;
  /** Each of those who wait goes on when it is called. */
  readonly #waiting = new Set<() => void>();
  readonly #underWay = new Set<ServerResponse>();

  /** How many requests nobody answers yet. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Leaves open what is as wanted already. Null where no address can be had, which the log tells. */
  async open(wanted: WantedDoors): Promise<Addresses | null> {
    if (this.#opened === null || !isAsWanted(this.#opened, wanted)) {
      await this.close();
      this.#opened = await openAll(wanted, this.#receive);
    } else tell(this.#opened, wanted.log);
    const { url, pageUrl } = this.#opened;
    const found = url ?? pageUrl;
    return found === null ? null : { url: found, pageUrl: pageUrl ?? found };
  }

  /** Who answers from now on, those who wait first. */
  answerBy(answer: RequestListener): void {
    this.#answer = answer;
    for (const goOn of [...this.#waiting]) goOn();
  }

  /** Whoever asks from now on waits. */
  hold(): void {
    this.#answer = null;
  }

  /** Resolves once nothing is under way any more; what takes long is broken off. */
  async settle(): Promise<void> {
    const until = performance.now() + lastWordsMs;
    while (this.#underWay.size > 0 && performance.now() < until) await delay(glanceMs);
    for (const response of this.#underWay) response.destroy();
  }

  /** Ends what is under way, and frees the ports. */
  async close(): Promise<void> {
    const { listeners = [] } = this.#opened ?? {};
    this.#opened = null;
    await Promise.all(listeners.map(closePort));
  }

  readonly #receive = (request: IncomingMessage, response: ServerResponse): void => {
    if (this.#answer === null) this.#keepWaiting(request, response);
    else {
      this.#underWay.add(response);
      response.once("close", () => this.#underWay.delete(response));
      this.#answer(request, response);
    }
  };

  #keepWaiting(request: IncomingMessage, response: ServerResponse): void {
    const leave = (): void => {
      clearTimeout(tooLong);
      response.off("close", leave);
      this.#waiting.delete(goOn);
    };
    const goOn = (): void => {
      leave();
      this.#receive(request, response);
    };
    const tooLong = setTimeout(() => {
      leave();
      sendStarting(response);
    }, longestWaitMs).unref();
    response.once("close", leave);
    this.#waiting.add(goOn);
  }
}

const hasOwnPort = ({ port, pagePort }: WantedDoors): boolean => pagePort !== null && (pagePort !== port || port === 0);

function isAsWanted({ host, url, pageUrl }: Opened, wanted: WantedDoors): boolean {
  const isAt = (address: string | null, port: number): boolean =>
    address !== null && (port === 0 || portOf(address) === port);
  const isPageAsWanted = hasOwnPort(wanted) ? isAt(pageUrl, wanted.pagePort ?? 0) : pageUrl === null;
  return host === wanted.host && isAt(url, wanted.port) && isPageAsWanted;
}

async function openAll(wanted: WantedDoors, receive: RequestListener): Promise<Opened> {
  const { host, port, pagePort } = wanted;
  const listeners = [openListener(receive, host), ...(hasOwnPort(wanted) ? [openListener(receive, host)] : [])];
  const [first, second] = listeners;
  try {
    const url = first ? await openPort(first, { ...wanted, port, isPage: false }) : null;
    const pageUrl =
      second && pagePort !== null ? await openPort(second, { ...wanted, port: pagePort, isPage: true }) : null;
    return { host, listeners, url, pageUrl };
  } catch (error) {
    await Promise.all(listeners.map(closePort));
    throw error;
  }
}

function tell({ url, pageUrl }: Opened, log: Logger): void {
  if (url !== null) tellReady(url, { isPage: false, log });
  if (pageUrl !== null) tellReady(pageUrl, { isPage: true, log });
}
