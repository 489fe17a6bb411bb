import type { Board } from "./board.ts";
import type { DeviceMessage } from "./component.ts";
import type { Messages } from "./messages.ts";
import { mostInFlight, removalPauseMs } from "./timing.ts";

export interface Wanted extends Messages {
  /** Discovery topics at fault: not published, and not cleared either. */
  readonly withheld: ReadonlySet<string>;
  /** The bridge's own availability topic. */
  readonly statusTopic: string;
}

export interface PassOptions {
  readonly retain: boolean;
  /** Everything, whether the broker has it or not. */
  readonly again: boolean;
  pause(ms: number): Promise<void>;
}

/**
 * Brings a broker up to date, in the order Home Assistant needs: what is no longer announced goes, devices, then their
 * availability, then their states. A component that vanished is announced once more with nothing but its platform,
 * which removes it, and seconds later left out.
 */
export async function bringUpToDate(board: Board, wanted: Wanted, options: PassOptions): Promise<void> {
  const { discovery, availability, states, statusTopic } = wanted;
  const gone = goneTopics(board, wanted);
  for (const topic of gone) if (board.owned.get(topic) != null) await board.clear(topic);
  const unfinished: [string, DeviceMessage][] = [];
  for (const [topic, message] of discovery)
    if (await announce(board, topic, message, options)) unfinished.push([topic, message]);
  // The bridge's status is its last will's counterpart, hence always retained.
  await board.put(statusTopic, "online", { ...options, retain: true });
  await inGroups(
    [...availability, ...states].map(
      ([topic, text]) =>
        () =>
          board.put(topic, text, options),
    ),
  );
  await inGroups(gone.map((topic) => () => board.clear(topic)));
  if (unfinished.length === 0) return;
  await options.pause(removalPauseMs);
  for (const [topic, message] of unfinished) await announceLeavingOut(board, topic, message, options);
}

function goneTopics(board: Board, { discovery, availability, states, withheld, statusTopic }: Wanted): string[] {
  const isWanted = (topic: string): boolean =>
    [discovery, availability, states, withheld].some((kept) => kept.has(topic)) || topic === statusTopic;
  return [...board.owned.keys()].filter((topic) => !isWanted(topic));
}

/** @returns whether components were taken away, so that a second message must follow. */
async function announce(board: Board, topic: string, message: DeviceMessage, options: PassOptions): Promise<boolean> {
  const before = board.owned.get(topic) ?? {};
  const now = platformsOf(message);
  const vanished = Object.entries(before).filter(([id]) => !(id in now));
  if (!isEqual(before, { ...before, ...now })) await board.own(topic, { ...before, ...now });
  const removed = Object.fromEntries(vanished.map(([id, platform]) => [id, { platform }]));
  const text = JSON.stringify({ ...message, components: { ...message.components, ...removed } });
  await board.put(topic, text, options);
  return vanished.length > 0;
}

async function announceLeavingOut(
  board: Board,
  topic: string,
  message: DeviceMessage,
  { retain }: PassOptions,
): Promise<void> {
  await board.put(topic, JSON.stringify(message), { retain, again: false });
  await board.own(topic, platformsOf(message));
}

const platformsOf = ({ components }: DeviceMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(components).map(([id, { platform }]) => [id, platform]));

const isEqual = (one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean =>
  Object.keys(one).length === Object.keys(other).length && Object.keys(one).every((id) => one[id] === other[id]);

async function inGroups(tasks: readonly (() => Promise<void>)[]): Promise<void> {
  for (let first = 0; first < tasks.length; first += mostInFlight)
    await Promise.all(tasks.slice(first, first + mostInFlight).map((task) => task()));
}
