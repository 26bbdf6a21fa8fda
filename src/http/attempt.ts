import type { Fetch, FetchRequest, FetchResponse } from "../core/provider.ts";
import { type Call, classifyFailure } from "./classify.ts";

/** An answer whose body has arrived. */
export type Answer = { readonly status: number; readonly headers: FetchResponse["headers"]; readonly text: string };

const defaultTimeoutMs = 30_000;

/**
 * Sends a request once and waits for the whole answer, at most `timeoutMs` (30 s) and no longer than the request's own
 * signal. Any status is an answer. Rejects with a `CallError` where there is none; running out of time counts as a lost
 * answer.
 */
export async function attempt(
  fetch: Fetch,
  url: string,
  request: FetchRequest,
  call: Call & { readonly timeoutMs?: number },
): Promise<Answer> {
  const timeout = AbortSignal.timeout(call.timeoutMs ?? defaultTimeoutMs);
  const signal = request.signal === undefined ? timeout : AbortSignal.any([request.signal, timeout]);
  try {
    const response = await fetch(url, { ...request, signal });
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (error) {
    throw classifyFailure(error, call);
  }
}
