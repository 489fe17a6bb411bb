import { useEffect } from "preact/hooks";
import { urlOf } from "./client.ts";

export interface EventHandlers {
  /** The event's name (`message` where it has none) and its parsed content. */
  readonly on: (name: string, content: unknown) => void;
  /** Whether the line is up; the browser tries again by itself. */
  readonly onState?: (isOpen: boolean) => void;
}

/** Follows server-sent events of the names given. Returns what ends it. */
export function subscribe(path: string, names: readonly string[], { on, onState }: EventHandlers): () => void {
  const source = new EventSource(urlOf(path));
  for (const name of names)
    source.addEventListener(name, ({ data }: MessageEvent<string>) => {
      const content = parsed(data);
      if (content !== undefined) on(name, content);
    });
  source.addEventListener("open", () => onState?.(true));
  source.addEventListener("error", () => onState?.(false));
  return () => source.close();
}

/** As `subscribe`, for as long as the component is on screen. Handlers have to be stable (module level or memoised). */
export function useEvents(path: string, names: readonly string[], handlers: EventHandlers): void {
  useEffect(() => subscribe(path, names, handlers), [path, handlers]);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
