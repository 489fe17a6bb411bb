import { dateAt } from "../../domain/calendar.ts";
import type { LocalDate, UsagePointId } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import { type Clock, systemClock } from "../../shared/clock.ts";
import { type Logger, registerSecret } from "../../shared/log.ts";
import type { Offer } from "../../sync/offers.ts";
import type { Answer, CurveReadings, Period, Source } from "../../sync/source.ts";
import { parseAddress, parseContract, parseRelease, parseUsage, parseUsagePoints } from "./account.ts";
import { GatewayClient, type Parse, type Spend, type Timeouts } from "./client.ts";
import { type Contribution, contributionBody, parseReceipt, type Receipt } from "./contribution.ts";
import { Credentials } from "./credentials.ts";
import { parseCurve } from "./curve.ts";
import { noData } from "./failure.ts";
import { createHttp, type Fetch } from "./http.ts";
import {
  type OfferType,
  type Provider,
  parseOffers,
  parseOfferTypes,
  parseProviders,
  withProviderNames,
} from "./offers.ts";
import { parseDaily, parseMaxPower } from "./readings.ts";
import {
  contributeRoute,
  curveRoute,
  customerRoute,
  dailyRoute,
  detailRoute,
  ecowattRoute,
  offersRoute,
  offerTypesRoute,
  powerRoute,
  providersRoute,
  type Route,
  releaseRoute,
  tempoRoute,
  usagePointsRoute,
  usageRoute,
} from "./routes.ts";
import { parseEcowatt, parseTempo } from "./signals.ts";

export interface GatewayOptions {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Of this program, for the name it gives itself. */
  readonly version: string;
  /** Where the operators of the gateway find who is asking. */
  readonly homepage?: string;
  readonly fetch?: Fetch;
  readonly log: Logger;
  /** Per call, in ms; 150 s for batches and 45 s for all others unless told. */
  readonly timeoutMs?: Partial<Timeouts>;
  /** Asked before each call that the gateway counts. */
  readonly spend: Spend;
  readonly clock?: Pick<Clock, "now">;
}

/** The MyElectricalData gateway v2, with the routes beyond the port of `sync`. */
export interface GatewaySource extends Source {
  /** A curve of at most 7 days past the gateway's blacklist; consumption up to the day before yesterday. */
  fetchDetail(
    request: { readonly usagePoint: UsagePointId; readonly flow: Flow; readonly period: Period },
    signal: AbortSignal,
  ): Promise<Answer<CurveReadings>>;
  fetchProviders(signal: AbortSignal): Promise<Answer<readonly Provider[]>>;
  fetchOfferTypes(signal: AbortSignal): Promise<Answer<readonly OfferType[]>>;
  /** Offers in force, or with `includeHistory` all that ever were, without the names of their providers. */
  listOffers(
    asked: { readonly includeHistory: boolean; readonly providerId?: string },
    signal: AbortSignal,
  ): Promise<Answer<readonly Offer[]>>;
  contribute(contribution: Contribution, signal: AbortSignal): Promise<Answer<Receipt>>;
}

const defaultTimeouts: Timeouts = { batch: 150_000, single: 45_000 };

export function createGatewaySource(options: GatewayOptions): GatewaySource {
  const clock = options.clock ?? systemClock;
  const client = createClient(options, clock);
  const today = (): LocalDate => dateAt(clock.now());

  /** A period of which nothing can be read yet is answered without a call. */
  async function askPeriod<T>(
    route: Route | null,
    parse: (data: unknown, period: Period, incomplete: string | undefined) => Answer<T>,
    period: Period,
    signal: AbortSignal,
  ): Promise<Answer<T>> {
    if (route === null) return noData("No day of the period can be read yet");
    return client.ask(route, (data, incomplete) => parse(data, period, incomplete), signal);
  }
  const ask = <T>(route: Route, parse: Parse<T>, signal: AbortSignal) => client.ask(route, parse, signal);
  const listOffers: GatewaySource["listOffers"] = (asked, signal) => ask(offersRoute(asked), parseOffers, signal);

  return {
    listUsagePoints: (signal) => ask(usagePointsRoute, parseUsagePoints, signal),
    fetchContract: (id, signal) => ask(customerRoute("contract", id), (data) => parseContract(data, id), signal),
    fetchAddress: (id, signal) => ask(customerRoute("address", id), (data) => parseAddress(data, id), signal),
    fetchCurve: async (asked, signal) => askPeriod(curveRoute(asked, today()), parseCurve, asked.period, signal),
    fetchDetail: async (asked, signal) => askPeriod(detailRoute(asked, today()), parseCurve, asked.period, signal),
    fetchDaily: async (asked, signal) => askPeriod(dailyRoute(asked, today()), parseDaily, asked.period, signal),
    fetchMaxPower: async (asked, signal) => askPeriod(powerRoute(asked, today()), parseMaxPower, asked.period, signal),
    fetchUsage: (signal) => ask(usageRoute, parseUsage, signal),
    ping: (signal) => ask(releaseRoute, parseRelease, signal),
    fetchTempo: (from, signal) => ask(tempoRoute(from), (data) => parseTempo(data, from), signal),
    fetchEcowatt: async (period, signal) => ask(ecowattRoute(period), (data) => parseEcowatt(data, period), signal),
    fetchProviders: (signal) => ask(providersRoute, parseProviders, signal),
    fetchOfferTypes: (signal) => ask(offerTypesRoute, parseOfferTypes, signal),
    listOffers,
    fetchOffers: async (signal) => {
      const offers = await listOffers({ includeHistory: true }, signal);
      if (offers.outcome !== "data" || offers.data.length === 0) return offers;
      const providers = await ask(providersRoute, parseProviders, signal);
      // A name that is not told today was told before, or will be: the prices do not wait for it.
      const named = providers.outcome === "data" ? providers.data : [];
      return { ...offers, data: withProviderNames(offers.data, named) };
    },
    contribute: (offer, signal) => ask(contributeRoute(contributionBody(offer)), parseReceipt, signal),
  };
}

function createClient(options: GatewayOptions, clock: Pick<Clock, "now">): GatewayClient {
  registerSecret(options.clientSecret);
  const timeoutMs = { ...defaultTimeouts, ...options.timeoutMs };
  const send = createHttp({
    baseUrl: options.baseUrl.replace(/\/+$/, ""),
    userAgent: userAgentOf(options),
    fetch: options.fetch ?? globalThis.fetch,
    clock,
  });
  const account = { clientId: options.clientId, clientSecret: options.clientSecret };
  const credentials = new Credentials(account, { send, timeoutMs: timeoutMs.single });
  return new GatewayClient({ send, credentials, spend: options.spend, timeoutMs, clock, log: options.log });
}

const userAgentOf = ({ version, homepage }: Pick<GatewayOptions, "version" | "homepage">): string =>
  `linky-bridge/${version}${homepage === undefined ? "" : ` (+${homepage})`}`;
