import { type ReadonlySignal, signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { ask, failureFrom, type Query, urlOf } from "./client.ts";
import type { Failure } from "./failure.ts";

/** An answer of the API as the page holds it. `data` stays while it is asked again and when that fails. */
export interface Resource<T> {
  readonly data: T | null;
  /** Why the last try gave nothing; null when it did, or is under way for the first time. */
  readonly failure: Failure | null;
  readonly isLoading: boolean;
  /** Asks again now. */
  reload(): Promise<void>;
}

interface State {
  readonly data: unknown;
  readonly failure: Failure | null;
  readonly isLoading: boolean;
}

interface Entry {
  readonly state: ReturnType<typeof signal<State>>;
  readers: number;
  request: AbortController | null;
}

/** Answers kept for a page that is gone back to; the oldest that nobody reads leave first. */
const keptEntries = 40;
const entries = new Map<string, Entry>();
const nothing: State = { data: null, failure: null, isLoading: false };
const still: ReadonlySignal<State> = signal(nothing);

/**
 * The answer at `path`, asked when the component appears and whenever path or query change. What was known is shown at
 * once and asked again; a component that leaves gives its request up. A null path asks nothing.
 */
export function useApi<T>(path: string | null, query: Query = {}): Resource<T> {
  const url = path === null ? null : urlOf(path, query);
  const state = useMemo(() => (url === null ? still : entryOf(url).state), [url]);
  useEffect(() => {
    if (url === null) return;
    const entry = entryOf(url);
    entry.readers++;
    void load(url, entry);
    return () => {
      entry.readers--;
      if (entry.readers === 0) giveUp(entry);
    };
  }, [url]);
  const { data, failure, isLoading } = state.value ?? nothing;
  return {
    data: data as T | null,
    failure,
    // Before the effect has asked, the frame already says that something is coming.
    isLoading: isLoading || (url !== null && data === null && failure === null),
    reload: async () => {
      if (url !== null) await load(url, entryOf(url));
    },
  };
}

/** Forgets every answer, after a change that may concern any of them; those on screen are asked again. */
export async function refreshAll(): Promise<void> {
  const read = [...entries].filter(([, entry]) => entry.readers > 0);
  for (const [url, entry] of entries) if (entry.readers === 0) entries.delete(url);
  await Promise.all(read.map(([url, entry]) => load(url, entry)));
}

function entryOf(url: string): Entry {
  const known = entries.get(url);
  if (known) {
    entries.delete(url);
    entries.set(url, known);
    return known;
  }
  const entry: Entry = { state: signal<State>(nothing), readers: 0, request: null };
  entries.set(url, entry);
  for (const [oldUrl, old] of entries) {
    if (entries.size <= keptEntries) break;
    if (old.readers === 0 && old !== entry) entries.delete(oldUrl);
  }
  return entry;
}

async function load(url: string, entry: Entry): Promise<void> {
  entry.request?.abort();
  const request = new AbortController();
  entry.request = request;
  const before = entry.state.value ?? nothing;
  entry.state.value = { ...before, isLoading: true };
  try {
    const data = await ask(url, { signal: request.signal });
    if (entry.request === request) entry.state.value = { data, failure: null, isLoading: false };
  } catch (error) {
    if (entry.request === request)
      entry.state.value = { ...(entry.state.value ?? nothing), failure: failureFrom(error), isLoading: false };
  } finally {
    if (entry.request === request) entry.request = null;
  }
}

function giveUp(entry: Entry): void {
  entry.request?.abort();
  entry.request = null;
  entry.state.value = { ...(entry.state.value ?? nothing), isLoading: false };
}
