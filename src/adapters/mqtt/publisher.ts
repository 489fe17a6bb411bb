import type { Instant } from "../../domain/units.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Text } from "../../shared/language.ts";
import type { Logger } from "../../shared/log.ts";
import type { ToldFacts } from "../../sync/changes/told.ts";
import type { Sink, Snapshot } from "../../sync/snapshot.ts";
import { Board } from "./board.ts";
import { faultsOf } from "./checks.ts";
import { changesSince } from "./events.ts";
import { explain, type MqttFailure, type MqttFailureCode } from "./failure.ts";
import type { TopicInventory } from "./inventory.ts";
import { type BrokerSettings, type Incoming, type Link, newClientId, openLink } from "./link.ts";
import { type Messages, messagesFor } from "./messages.ts";
import { bringUpToDate, type Wanted } from "./pass.ts";
import { pause } from "./pause.ts";
import { learnRetained } from "./retained.ts";
import type { MessageSettings } from "./settings.ts";
import { birthPauseMs, defaultTiming, type Timing } from "./timing.ts";
import { birthTopic, type Topics, topicsUnder } from "./topics.ts";

export interface MqttSinkOptions {
  readonly broker: BrokerSettings;
  readonly settings: MessageSettings & { readonly retain: boolean };
  readonly inventory: TopicInventory;
  /** Without it no event is published. */
  readonly told?: ToldFacts;
  readonly log: Logger;
  readonly clock: Clock;
  /** `[0, 1)`; spreads the answers to Home Assistant's birth message. */
  readonly random: () => number;
  /** For a run that publishes once and ends: no last will, no `offline` at the end. */
  readonly announceOnly?: boolean;
  /** Somebody pressed "sync now". */
  readonly onSyncNow?: () => void;
  /** Asked after a refused login or a broker that is not there: its address and login may have changed. */
  readonly renewBroker?: (signal: AbortSignal) => Promise<BrokerSettings | null>;
  readonly timing?: Partial<Timing>;
}

export interface MqttStatus {
  readonly connected: boolean;
  /** Since when it is as it is; null before the first attempt has ended. */
  readonly since: Instant | null;
  readonly code: MqttFailureCode | null;
  readonly problem: Text | null;
}

/**
 * The broker as a sink. States of a connection: none (an attempt follows, ever more rarely), learning (what does the
 * broker hold of ours?), current (only differences leave), until it ends and a new one begins at the start.
 * A snapshot shown meanwhile replaces the one before; passes over the broker never overlap.
 */
export class MqttSink implements Sink {
  readonly name = "mqtt";
  readonly #options: MqttSinkOptions;
  #broker: BrokerSettings;
  readonly #timing: Timing;
  readonly #topics: Topics;
  readonly #clientId = newClientId();
  readonly #stop = new AbortController();
  readonly #firstAttempt = Promise.withResolvers<void>();
  #running: Promise<void> | null = null;
  #link: Link | null = null;
  #board: Board | null = null;
  #wanted: Wanted | null = null;
  #request: "none" | "differences" | "all" = "none";
  #passes: Promise<void> | null = null;
  #told = new Map<string, string>();
  #isBirthAnswerDue = false;
  #lastFailure: MqttFailure | null = null;
  #status: MqttStatus = { connected: false, since: null, code: null, problem: null };

  constructor(options: MqttSinkOptions) {
    this.#options = options;
    this.#broker = options.broker;
    this.#timing = { ...defaultTiming, ...options.timing };
    this.#topics = topicsUnder(options.settings.topicPrefix);
  }

  /** Begins to connect, and goes on until `close`. An absent broker is no failure here. */
  start(): void {
    this.#running ??= this.#stayConnected();
  }

  status(): MqttStatus {
    return this.#status;
  }

  /** Resolves once the first attempt to connect has ended, well or not. */
  async firstAttempt(): Promise<MqttStatus> {
    await this.#firstAttempt.promise;
    return this.#status;
  }

  /**
   * Publishes what differs from what the broker has. Without a connection it returns at once, and the snapshot is
   * published with the next one; a one-shot run waits for its first attempt.
   */
  async publish(snapshot: Snapshot): Promise<void> {
    this.#wanted = this.#checked(messagesFor(snapshot, this.#options.settings));
    if (this.#options.announceOnly) await this.#firstAttempt.promise;
    await this.#pass("differences");
  }

  /** Publishes all of it again, whatever the broker has. Without a connection it waits for the next one. */
  async republish(): Promise<void> {
    await this.#pass("all");
  }

  /**
   * Takes every topic of the inventory off the broker; nothing is published again before the next snapshot.
   * @returns how many topics were cleared. @throws MqttFailure without a connection.
   */
  async removeEverything(): Promise<number> {
    await this.#firstAttempt.promise;
    this.#wanted = null;
    await this.#passes;
    const link = this.#link;
    if (!link) throw this.#lastFailure ?? explain(new Error("closed"), this.#broker.url);
    const board = await this.#openBoard(link, []);
    this.#board = null;
    const topics = [...board.owned].sort(([, one], [, other]) => Number(one === null) - Number(other === null));
    for (const [topic] of topics) await board.clear(topic);
    return topics.length;
  }

  /** Says `offline` (not a one-shot run), and ends the connection. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.#firstAttempt.resolve();
    await this.#passes;
    const link = this.#link;
    if (link) await this.#sayGoodbye(link);
    await this.#running;
  }

  async #sayGoodbye(link: Link): Promise<void> {
    try {
      if (this.#board && !this.#options.announceOnly)
        await link.publish(this.#topics.status, "offline", { qos: this.#options.settings.qos, retain: true });
      await link.end();
    } catch (error) {
      this.#options.log.debug({ err: error }, "broker gone before goodbye");
    }
  }

  async #stayConnected(): Promise<void> {
    const { firstRetryMs, longestRetryMs } = this.#timing;
    let retryMs = firstRetryMs;
    while (!this.#stop.signal.aborted) {
      try {
        const link = await this.#open();
        retryMs = firstRetryMs;
        await this.#useUntilClosed(link);
      } catch (error) {
        if (!this.#stop.signal.aborted) this.#note(explain(error, this.#broker.url));
      }
      this.#firstAttempt.resolve();
      await this.#renew();
      await pause(retryMs, this.#stop.signal);
      retryMs = Math.min(2 * retryMs, longestRetryMs);
    }
  }

  async #renew(): Promise<void> {
    const { renewBroker } = this.#options;
    if (!renewBroker || !renewable.includes(this.#lastFailure?.code ?? "connection_lost")) return;
    this.#broker = (await renewBroker(this.#stop.signal).catch(() => null)) ?? this.#broker;
  }

  #open(): Promise<Link> {
    const will = this.#options.announceOnly ? null : { topic: this.#topics.status, payload: "offline" };
    return openLink(this.#broker, {
      clientId: this.#clientId,
      will,
      timing: this.#timing,
      signal: this.#stop.signal,
    });
  }

  async #useUntilClosed(link: Link): Promise<void> {
    this.#link = link;
    this.#status = { connected: true, since: this.#options.clock.now(), code: null, problem: null };
    this.#lastFailure = null;
    this.#options.log.info({ broker: this.#broker.url }, "connected to the broker");
    this.#firstAttempt.resolve();
    if (this.#stop.signal.aborted) await this.#sayGoodbye(link);
    // The pending answer to a birth message publishes all of it anyway.
    else if (!this.#isBirthAnswerDue) void this.#pass("differences");
    await link.closed;
    this.#link = null;
    this.#board = null;
    if (!this.#stop.signal.aborted) this.#note(explain(lostConnection, this.#broker.url));
  }

  #note(problem: MqttFailure): void {
    if (this.#lastFailure?.code !== problem.code || this.#status.connected) {
      this.#options.log.warn({ code: problem.code }, problem.text[this.#options.settings.language]);
      this.#status = {
        connected: false,
        since: this.#options.clock.now(),
        code: problem.code,
        problem: problem.text,
      };
    }
    this.#lastFailure = problem;
  }

  /** Asks for a pass and waits until no pass is due any more; without a connection or snapshot the request stays. */
  #pass(request: "differences" | "all"): Promise<void> {
    if (this.#request !== "all") this.#request = request;
    this.#passes ??= this.#passUntilCurrent();
    return this.#passes;
  }

  async #passUntilCurrent(): Promise<void> {
    // Everything asked for in the same turn is one pass.
    await Promise.resolve();
    while (this.#request !== "none" && this.#link && this.#wanted && !this.#stop.signal.aborted) {
      const again = this.#request === "all";
      this.#request = "none";
      try {
        await this.#passOver(this.#link, this.#wanted, again);
      } catch (error) {
        this.#request = again ? "all" : this.#request;
        if (!this.#stop.signal.aborted) this.#options.log.warn({ err: error }, "publishing interrupted");
        break;
      }
    }
    // In the same turn as the last look at what is asked for, so that nobody waits for a pass that is over.
    this.#passes = null;
  }

  async #passOver(link: Link, wanted: Wanted, again: boolean): Promise<void> {
    if (this.#board?.link !== link) {
      const { discovery, availability, states, statusTopic } = wanted;
      const topics = [...discovery.keys(), ...availability.keys(), ...states.keys(), statusTopic];
      const board = await this.#openBoard(link, topics);
      this.#board = board;
      if (!this.#options.announceOnly) await this.#listen(link);
    }
    await bringUpToDate(this.#board, wanted, {
      retain: this.#options.settings.retain,
      again,
      pause: (ms) => this.#options.clock.sleep(ms, this.#stop.signal),
    });
    await this.#tellChanges(link, wanted);
  }

  /** While a broker is away only the last change is waited with. */
  async #tellChanges(link: Link, { watched }: Wanted): Promise<void> {
    const { told, settings, clock } = this.#options;
    if (!told) return;
    // Another instance may have told it: the store is looked at whenever something seems new.
    if (changesSince(this.#told, watched).length > 0) this.#told = new Map(await told.load());
    for (const { key, value, message } of changesSince(this.#told, watched)) {
      const publish = async (): Promise<void> => {
        if (message) await link.publish(message.topic, message.payload, { qos: settings.qos, retain: false });
      };
      const telling = { key, value, former: this.#told.get(key), at: clock.now() };
      if (await told.tell(telling, publish)) this.#told.set(key, value);
    }
  }

  async #openBoard(link: Link, topics: readonly string[]): Promise<Board> {
    const owned = new Map(await this.#options.inventory.load());
    const known = await learnRetained(link, [...new Set([...topics, ...owned.keys()])], this.#timing);
    return new Board(link, this.#options.inventory, { known, owned }, this.#options.settings);
  }

  async #listen(link: Link): Promise<void> {
    const { settings, log } = this.#options;
    link.onMessage((message) => this.#hear(message));
    const topics = [this.#topics.status, this.#topics.bridge.sync];
    try {
      await link.subscribe([...topics, ...(settings.discovery.enabled ? [birthTopic(settings.discovery.prefix)] : [])]);
    } catch (error) {
      if (explain(error, this.#broker.url).code !== "client_refused") throw error;
      log.warn({ err: error }, "the broker lets us publish but not listen: no button, no birth message");
    }
  }

  #hear({ topic, payload, isRetained }: Incoming): void {
    if (topic === this.#topics.status) this.#hearStatus(payload);
    // What was kept from before is no event.
    else if (isRetained) return;
    else if (topic === this.#topics.bridge.sync) this.#options.onSyncNow?.();
    else if (payload === "online") this.#answerBirth();
  }

  /** The last will of a process that died may arrive while its successor is connected. */
  #hearStatus(payload: string): void {
    if (payload !== "offline" || this.#stop.signal.aborted) return;
    this.#board?.correct(this.#topics.status, payload);
    void this.#pass("differences");
  }

  #answerBirth(): void {
    if (this.#isBirthAnswerDue) return;
    this.#isBirthAnswerDue = true;
    const { clock, random, log } = this.#options;
    const { shortest, longest } = birthPauseMs;
    clock.sleep(shortest + random() * (longest - shortest), this.#stop.signal).then(
      () => {
        this.#isBirthAnswerDue = false;
        log.info("Home Assistant started: everything is published again");
        return this.#pass("all");
      },
      () => undefined,
    );
  }

  #checked(messages: Messages): Wanted {
    const withheld = new Set<string>();
    for (const [topic, message] of messages.discovery) {
      const faults = faultsOf(message);
      if (faults.length === 0) continue;
      withheld.add(topic);
      this.#options.log.error({ topic, faults }, "device not announced: Home Assistant would refuse it");
    }
    const discovery = new Map([...messages.discovery].filter(([topic]) => !withheld.has(topic)));
    return { ...messages, discovery, withheld, statusTopic: this.#topics.status };
  }
}

const lostConnection = Object.assign(new Error("The connection ended"), { code: "ECONNRESET" });

/** What another address or login may help against. */
const renewable: readonly MqttFailureCode[] = ["bad_login", "not_authorised", "connection_refused", "unknown_host"];
