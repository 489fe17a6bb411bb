import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";

/** Draws the app's icon.png and logo.png anew: a flash that stands on a bridge. `node tests/support/write-images.ts` */

interface Point {
  readonly x: number;
  readonly y: number;
}
type Colour = readonly [red: number, green: number, blue: number];
/** Where a shape covers a point, in units of the mark, which is 100 by 100. */
type Shape = (at: Point) => boolean;
interface Layer {
  readonly shape: Shape;
  readonly colour: Colour;
}

const night: Colour = [20, 52, 92];
const sun: Colour = [255, 200, 44];
const steel: Colour = [226, 236, 247];

const inside = ({ x, y }: Point, corners: readonly Point[]): boolean => {
  let isIn = false;
  for (const [position, a] of corners.entries()) {
    const b = corners[(position + 1) % corners.length] ?? a;
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) isIn = !isIn;
  }
  return isIn;
};
const polygon = (...corners: readonly (readonly [x: number, y: number])[]): Shape => {
  const points = corners.map(([x, y]) => ({ x, y }));
  return (at) => inside(at, points);
};
const rectangle = (left: number, top: number, right: number, bottom: number): Shape => {
  return ({ x, y }) => x >= left && x < right && y >= top && y < bottom;
};
const rounded = (width: number, height: number, radius: number): Shape => {
  return ({ x, y }) => {
    const dx = Math.max(radius - x, 0, x - (width - radius));
    const dy = Math.max(radius - y, 0, y - (height - radius));
    return x >= 0 && y >= 0 && x <= width && y <= height && Math.hypot(dx, dy) <= radius;
  };
};
/** A cable that hangs between two points, as a band of that thickness. */
const cable = (
  from: Point,
  to: Point,
  { sag, thickness }: { readonly sag: number; readonly thickness: number },
): Shape => {
  return ({ x, y }) => {
    if (x < from.x || x > to.x) return false;
    const part = (x - from.x) / (to.x - from.x);
    const middle = from.y + (to.y - from.y) * part + 4 * sag * part * (1 - part);
    return Math.abs(y - middle) <= thickness / 2;
  };
};

const bridge: readonly Shape[] = [
  rectangle(0, 70, 100, 76),
  rectangle(18, 40, 23, 90),
  rectangle(77, 40, 82, 90),
  cable({ x: 20.5, y: 41 }, { x: 79.5, y: 41 }, { sag: 22, thickness: 4 }),
  cable({ x: 0, y: 66 }, { x: 20.5, y: 41 }, { sag: 3, thickness: 4 }),
  cable({ x: 79.5, y: 41 }, { x: 100, y: 66 }, { sag: 3, thickness: 4 }),
];
const flash = polygon([56, 8], [31, 52], [47, 52], [41, 88], [70, 40], [53, 40]);
/** The flash with room around it, so that the bridge does not touch it. */
const halo = polygon([60, 0], [23, 56], [42, 56], [32, 100], [78, 36], [58, 36]);

const onBridge = (at: Point): boolean => bridge.some((shape) => shape(at)) && !halo(at);
const mark: readonly Layer[] = [
  { shape: onBridge, colour: steel },
  { shape: flash, colour: sun },
];

/** Letters of five by seven, one row a text. */
const letters: Readonly<Record<string, readonly string[]>> = {
  L: ["#....", "#....", "#....", "#....", "#....", "#....", "#####"],
  i: ["#", ".", "#", "#", "#", "#", "#"],
  n: ["....", "....", "###.", "#..#", "#..#", "#..#", "#..#"],
  k: ["#...", "#...", "#..#", "#.#.", "##..", "#.#.", "#..#"],
  y: ["....", "....", "#..#", "#..#", ".###", "...#", "###."],
  B: ["####.", "#...#", "#...#", "####.", "#...#", "#...#", "####."],
  r: ["...", "...", "#.#", "##.", "#..", "#..", "#.."],
  d: ["...#", "...#", ".###", "#..#", "#..#", "#..#", ".###"],
  g: ["....", "....", ".###", "#..#", ".###", "...#", "###."],
  e: ["....", "....", ".##.", "#..#", "####", "#...", ".###"],
};

/** A word in squares of `size`, its upper left corner at that point. */
function word(text: string, { x, y }: Point, size: number): Shape {
  const squares: Shape[] = [];
  let left = x;
  for (const letter of text) {
    const rows = letters[letter] ?? [];
    for (const [row, dots] of rows.entries())
      for (const [column, dot] of [...dots].entries())
        if (dot === "#") {
          const [from, top] = [left + column * size, y + row * size];
          squares.push(rectangle(from, top, from + size, top + size));
        }
    left += ((rows[0]?.length ?? 3) + 1) * size;
  }
  return (at) => squares.some((square) => square(at));
}

const placed =
  (shape: Shape, { x, y }: Point, scale: number): Shape =>
  (at) =>
    shape({ x: (at.x - x) / scale, y: (at.y - y) / scale });

/** Samples across a pixel, for smooth edges. */
const samples = 6;

/** RGBA, row by row; what no layer covers stays transparent. */
function draw(width: number, height: number, layers: readonly Layer[]): Buffer {
  const pixels = Buffer.alloc(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const sum = [0, 0, 0, 0] as [number, number, number, number];
      for (let sample = 0; sample < samples * samples; sample++) {
        const at = {
          x: x + ((sample % samples) + 0.5) / samples,
          y: y + (Math.floor(sample / samples) + 0.5) / samples,
        };
        const colour = layers.findLast(({ shape }) => shape(at))?.colour;
        if (colour === undefined) continue;
        sum[0] += colour[0];
        sum[1] += colour[1];
        sum[2] += colour[2];
        sum[3]++;
      }
      const [red, green, blue, covered] = sum;
      const all = Math.max(covered, 1);
      const alpha = Math.round((255 * covered) / samples ** 2);
      pixels.set([red / all, green / all, blue / all, alpha].map(Math.round), (y * width + x) * 4);
    }
  return pixels;
}

/** PNG, 8 bits of red, green, blue and alpha: https://www.w3.org/TR/png-3/ */
export function png(width: number, height: number, pixels: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  // Each row begins with its filter: none.
  const rows = Array.from({ length: height }, (_, row) =>
    Buffer.concat([Buffer.of(0), pixels.subarray(row * width * 4, (row + 1) * width * 4)]),
  );
  const signature = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const data = deflateSync(Buffer.concat(rows), { level: 9 });
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

const markAt = (corner: Point, scale: number): readonly Layer[] =>
  mark.map(({ shape, colour }) => ({ shape: placed(shape, corner, scale), colour }));

/** 128 by 128, as the Supervisor shows it in lists. */
export const icon = (): Buffer =>
  png(128, 128, draw(128, 128, [{ shape: rounded(128, 128, 28), colour: night }, ...markAt({ x: 14, y: 12 }, 1)]));

/** 250 by 100: readable on light pages and dark ones, since it brings its own ground. */
export const logo = (): Buffer =>
  png(
    250,
    100,
    draw(250, 100, [
      { shape: rounded(250, 100, 20), colour: night },
      ...markAt({ x: 12, y: 10 }, 0.8),
      { shape: word("Linky", { x: 112, y: 20 }, 4), colour: sun },
      { shape: word("Bridge", { x: 112, y: 54 }, 4), colour: steel },
    ]),
  );

if (process.argv[1] === import.meta.filename) {
  const root = join(import.meta.dirname, "..", "..");
  writeFileSync(join(root, "icon.png"), icon());
  writeFileSync(join(root, "logo.png"), logo());
}
