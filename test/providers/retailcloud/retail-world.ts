import { connect, type RetailCloud } from "../../../providers/retailcloud/client.ts";
import type { Fetch, ProviderWorld } from "../../../src/core/provider.ts";
import type { Fields } from "../../../src/core/values.ts";

/** Settings with the emulator's key. */
export const settings: Fields = {
  region: "cn-zhangjiakou",
  endpoint: "http://127.0.0.1:8087",
  accessKeyId: "cairn",
  accessKeySecret: "cairn-secret",
};

/** A world whose waits take no time; its date is real, because signatures are checked against it. */
export function world(fetch: Fetch, more: Partial<ProviderWorld> = {}): ProviderWorld {
  return {
    fetch,
    env: {},
    clock: { now: () => Date.now(), sleep: () => Promise.resolve() },
    random: Math.random,
    parallelism: 10,
    pace: 1,
    signal: new AbortController().signal,
    ...more,
  };
}

/** The API over a fetch-shaped cloud. */
export function retail(fetch: Fetch, more: Partial<ProviderWorld> = {}): Promise<RetailCloud> {
  return connect(settings, world(fetch, more));
}

/** What a fake cloud was sent. */
export type Sent = {
  readonly action: string;
  readonly method: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
};

/** What a fake cloud answers: a body (HTTP 200), a body with a status and headers, or an error of the network. */
export type Canned =
  | Error
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly text: string };

/** A cloud that answers what it is told to, one answer a call, the last one for ever; it remembers what it was sent. */
export function fakeCloud(...answers: readonly Canned[]): { fetch: Fetch; sent: Sent[] } {
  const sent: Sent[] = [];
  const fetch: Fetch = async (url, { method, headers, body }) => {
    const answer = answers[Math.min(sent.length, answers.length - 1)];
    sent.push({
      action: headers["x-acs-action"] ?? "",
      method,
      query: Object.fromEntries(new URL(url).searchParams),
      body: Object.fromEntries(new URLSearchParams(body ?? "")),
      headers,
    });
    if (answer === undefined) throw new Error("the fake has no answer");
    if (answer instanceof Error) throw answer;
    const { status = 200, headers: told = {}, text } = answer;
    return { status, headers: { get: (name) => told[name] ?? null }, text: async () => text };
  };
  return { fetch, sent };
}

/** An answer with a body of JSON. */
export function json(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Canned {
  return { status, headers, text: JSON.stringify(body) };
}

/** The error that a promise is rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => {
      throw new Error(`expected a rejection, got ${JSON.stringify(value)}`);
    },
    (error: unknown) => error,
  );
}
