import { useEffect, useState } from "preact/hooks";
import { moved } from "./keys.ts";
import { margins } from "./option.ts";

export interface Pointer {
  /** The place that is looked at; null for none. */
  readonly position: number | null;
  /** A tap holds it; another tap, or Escape, lets go. */
  readonly isLocked: boolean;
  readonly handlers: Handlers;
}

interface Handlers {
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerLeave: () => void;
  readonly onClick: (event: MouseEvent) => void;
  readonly onDblClick: (event: MouseEvent) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onBlur: () => void;
}

const nothing = { position: null, isLocked: false } as const;

/** Which of `count` places is looked at, by mouse, finger or keys. */
export function usePointer(count: number, onOpen: (position: number) => void): Pointer {
  const [state, setState] = useState<Omit<Pointer, "handlers">>(nothing);
  useEffect(() => setState(nothing), [count]);
  const toggle = (position: number | null): void => {
    const isSame = state.isLocked && state.position === position;
    setState(position === null || isSame ? nothing : { position, isLocked: true });
  };
  const position = state.position !== null && state.position < count ? state.position : null;
  return {
    position,
    isLocked: state.isLocked,
    handlers: {
      onPointerMove: (event) => {
        if (event.pointerType === "mouse" && !state.isLocked)
          setState({ position: placeAt(event, count), isLocked: false });
      },
      onPointerLeave: () => {
        if (!state.isLocked) setState(nothing);
      },
      onClick: (event) => toggle(placeAt(event, count)),
      onDblClick: (event) => {
        const at = placeAt(event, count);
        if (at !== null) onOpen(at);
      },
      onKeyDown: (event) => {
        if (event.key === "Enter" && position !== null) onOpen(position);
        if (event.key === "Escape") setState(nothing);
        const next = moved(position, event.key, count);
        if (next === null) return;
        event.preventDefault();
        setState({ position: next, isLocked: true });
      },
      onBlur: () => setState(nothing),
    },
  };
}

/** The place under a point; null beside the plot. */
function placeAt({ clientX, currentTarget }: MouseEvent, count: number): number | null {
  if (!(currentTarget instanceof HTMLElement)) return null;
  const { left, width } = currentTarget.getBoundingClientRect();
  const inside = clientX - left - margins.left;
  const plot = width - margins.left - margins.right;
  return inside < 0 || inside >= plot ? null : Math.floor((inside / plot) * count);
}
