/** Thrown when a body grows beyond its bound; what was read so far is dropped. */
export class BodyTooLarge extends Error {
  readonly limitBytes: number;
  constructor(limitBytes: number) {
    super(`The answer is larger than ${limitBytes} bytes`);
    this.name = "BodyTooLarge";
    this.limitBytes = limitBytes;
  }
}

/**
 * The whole body as text with its size. A size the server announces is not believed, only counted bytes are.
 * @throws BodyTooLarge, and whatever the connection throws when it breaks.
 */
export async function readBody(
  response: Response,
  limitBytes: number,
): Promise<{ readonly text: string; readonly bytes: number }> {
  if (!response.body) return { text: "", bytes: 0 };
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  let text = "";
  let bytes = 0;
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    bytes += piece.value.byteLength;
    if (bytes > limitBytes) {
      await reader.cancel();
      throw new BodyTooLarge(limitBytes);
    }
    text += decoder.decode(piece.value, { stream: true });
  }
  return { text: text + decoder.decode(), bytes };
}
