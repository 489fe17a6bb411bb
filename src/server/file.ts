import type { Readable } from "node:stream";

/** The part of a reply that a file needs, whatever else its route may answer. */
interface FileReply {
  readonly raw: { once(event: "close", done: () => void): unknown };
  headers(values: Readonly<Record<string, string>>): unknown;
  send(content: Readable): unknown;
}

/** Answers with a file that is read as it leaves; a caller who goes away ends the reading. */
export function sendFile<Reply extends FileReply>(
  reply: Reply,
  { file, bytes, stream }: { readonly file: string; readonly bytes: number; readonly stream: Readable },
): Reply {
  reply.raw.once("close", () => stream.destroy());
  reply.headers({
    "content-type": "application/octet-stream",
    "content-length": String(bytes),
    "content-disposition": `attachment; filename="${file.replaceAll(/[^\w.-]/g, "_")}"`,
  });
  reply.send(stream);
  return reply;
}
