import { once } from "node:events";
import { connect } from "node:net";

/** What a server answers to exactly these bytes, until it hangs up. */
export async function sendRaw(url: string, bytes: string): Promise<{ status: number; body: string; head: string }> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  const parts: Buffer[] = [];
  socket.on("data", (part: Buffer) => parts.push(part));
  socket.on("error", () => undefined);
  await once(socket, "connect");
  socket.write(bytes);
  await once(socket, "close");
  const text = Buffer.concat(parts).toString("utf8");
  const [head = "", body = ""] = text.split(/\r\n\r\n/, 2);
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), head, body };
}

/** A request whose address goes out as it is written, which no client would send. */
export const getRaw = (url: string, target: string, method = "GET") =>
  sendRaw(url, `${method} ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
