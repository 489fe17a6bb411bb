import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { crc32, inflateSync } from "node:zlib";
import { icon, logo } from "../support/write-images.ts";

const root = join(import.meta.dirname, "..", "..");

interface Image {
  readonly width: number;
  readonly height: number;
  /** RGBA with a byte before each row. */
  readonly rows: Buffer;
}

/** Takes a PNG apart, its checksums included. */
function imageOf(file: Buffer): Image {
  assert.equal(file.subarray(1, 4).toString("latin1"), "PNG");
  const parts = new Map<string, Buffer>();
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    const body = file.subarray(at + 4, at + 8 + length);
    assert.equal(file.readUInt32BE(at + 8 + length), crc32(body));
    parts.set(body.subarray(0, 4).toString("latin1"), body.subarray(4));
    at += 12 + length;
  }
  const [header, data] = [parts.get("IHDR"), parts.get("IDAT")];
  assert.ok(header && data && parts.has("IEND"));
  return { width: header.readUInt32BE(0), height: header.readUInt32BE(4), rows: inflateSync(data) };
}

const images: readonly [file: string, drawn: () => Buffer, width: number, height: number][] = [
  ["icon.png", icon, 128, 128],
  ["logo.png", logo, 250, 100],
];
for (const [file, drawn, width, height] of images)
  test(`${file} has the size the Supervisor shows, and is what the code draws (node tests/support/write-images.ts draws it)`, () => {
    const image = imageOf(readFileSync(join(root, file)));
    assert.deepEqual([image.width, image.height], [width, height]);
    // Compressed bytes may differ from one zlib to the next, pixels may not.
    assert.ok(image.rows.equals(imageOf(drawn()).rows));
    const corner = image.rows.subarray(1, 5);
    assert.equal(corner[3], 0, "the corner is transparent");
  });
