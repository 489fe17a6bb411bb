/** Where a key leads; null for keys that lead nowhere. */
export function moved(position: number | null, key: string, count: number): number | null {
  if (count === 0) return null;
  switch (key) {
    case "ArrowRight":
      return Math.min((position ?? -1) + 1, count - 1);
    case "ArrowLeft":
      return Math.max((position ?? count) - 1, 0);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}
