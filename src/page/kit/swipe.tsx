import "./swipe.css";
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";

/** A finger has to move so far, in pixels, and at least twice as far across as along. */
const leastWay = 60;

export interface SwipeProps {
  /** To the left is onwards (1), to the right is back (-1). */
  readonly onSwipe: (direction: -1 | 1) => void;
  readonly children: ComponentChildren;
}

/** A way beside the arrows, never instead of them. */
export function Swipe({ onSwipe, children }: SwipeProps) {
  const start = useRef<{ readonly x: number; readonly y: number } | null>(null);
  return (
    <div
      class="swipe"
      onTouchStart={({ touches }) => {
        const touch = touches[0];
        start.current = touch && touches.length === 1 ? { x: touch.clientX, y: touch.clientY } : null;
      }}
      onTouchEnd={({ changedTouches }) => {
        const touch = changedTouches[0];
        const from = start.current;
        start.current = null;
        if (!from || !touch) return;
        const across = touch.clientX - from.x;
        if (Math.abs(across) < leastWay || Math.abs(across) < 2 * Math.abs(touch.clientY - from.y)) return;
        onSwipe(across < 0 ? 1 : -1);
      }}
    >
      {children}
    </div>
  );
}
