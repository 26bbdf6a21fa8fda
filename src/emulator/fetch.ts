import type { Handle } from "./request.ts";

/** The part of a fetch call that the emulator heeds. */
type FetchInit = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal?: AbortSignal;
};

/** Calls an emulator in this process the way `fetch` would over a network. */
export type EmulatorFetch = (url: string, init?: FetchInit) => Promise<Response>;

/**
 * Mounts a handler behind `fetch`. The Host header is the URL's when none is given. A cut connection rejects with an Error
 * whose code is ECONNRESET; an aborted signal rejects with its reason, while the call itself goes on.
 */
export function createFetch(handle: Handle): EmulatorFetch {
  return async (url, init = {}) => {
    const { method = "GET", headers = {}, body = "", signal } = init;
    signal?.throwIfAborted();
    const answer = await unlessAborted(
      handle({ method, url, headers: { host: new URL(url).host, ...headers }, body: Buffer.from(body) }),
      signal,
    );
    if ("cut" in answer) throw Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
    // A Response with status 204 takes no body, not even an empty one.
    return new Response(answer.body || null, { status: answer.status, headers: answer.headers });
  };
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  const listening = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true, signal: listening.signal });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    listening.abort();
  }
}
