import { Failure, failureOf, offline } from "./failure.ts";

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface Asked {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE" | "PATCH";
  readonly query?: Query;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, in the place of a body. */
  readonly file?: Blob;
  readonly signal?: AbortSignal;
}

/**
 * An address of the API such as `api/overview`, below whatever path the page is served: Home Assistant puts it under one
 * of its own. Parameters that are null, undefined or empty are left out.
 */
export function urlOf(path: string, query: Query = {}): string {
  const url = new URL(path, document.baseURI);
  url.hash = "";
  for (const [name, value] of Object.entries(query))
    if (value !== null && value !== undefined && value !== "") url.searchParams.set(name, String(value));
  return url.href;
}

type Listener = (failure: Failure) => void;
let whenRefused: Listener = () => {};

/** Told of every answer that asks for a login. */
export function onUnauthorised(listener: Listener): void {
  whenRefused = listener;
}

/**
 * The API's answer. `T` is the type that the API exports for it; an empty answer is undefined.
 * @throws Failure with a sentence for the reader; the signal's reason where it is aborted
 */
export async function ask<T>(path: string, { method = "GET", query, body, file, signal }: Asked = {}): Promise<T> {
  const answer = await sent(urlOf(path, query), {
    method,
    credentials: "same-origin",
    headers: {
      accept: "application/json",
      // `ownHeader` of the API, without which nothing is changed: a form of another site cannot set it.
      "x-linky-bridge": "page",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(file === undefined ? {} : { "content-type": "application/octet-stream" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(file === undefined ? {} : { body: file }),
    ...(signal === undefined ? {} : { signal }),
  });
  const content = await contentOf(answer);
  if (answer.ok && content !== unreadable) return content as T;
  const failure = failureOf(answer.status, content, answer.headers.get("retry-after"));
  if (answer.status === 401) whenRefused(failure);
  throw failure;
}

async function sent(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw offline();
  }
}

const unreadable = Symbol("unreadable");

async function contentOf(answer: Response): Promise<unknown> {
  const text = await answer.text();
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return unreadable;
  }
}

/** What a handler caught, as a failure; null where the request was only given up. */
export function failureFrom(error: unknown): Failure | null {
  if (error instanceof Failure) return error;
  if (error instanceof DOMException && error.name === "AbortError") return null;
  console.error(error);
  return failureOf(0, undefined);
}
