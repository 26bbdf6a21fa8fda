import { connect, type HuaweiCloud } from "../../../providers/huaweicloud/client.ts";
import type { Fetch, ProviderWorld } from "../../../src/core/provider.ts";
import type { Fields } from "../../../src/core/values.ts";

/** Where the emulator would be, and its project; without credentials. */
export const place: Fields = {
  region: "cn-north-4",
  projectId: "0123456789abcdef0123456789abcdef",
  endpoint: "http://127.0.0.1:8087",
};

/** Settings with the emulator's key. */
export const settings: Fields = { ...place, accessKey: "cairn", secretKey: "cairn-secret" };

/** Settings with the emulator's IAM user. */
export const userSettings: Fields = {
  ...place,
  user: { name: "cairn", password: "cairn-password", domain: "cairn" },
};

/** A world whose waits take no time; its date is real, because signatures are checked against it. */
function world(fetch: Fetch, more: Partial<ProviderWorld> = {}): ProviderWorld {
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
export function huawei(fetch: Fetch, more: Partial<ProviderWorld> = {}, own: Fields = settings): Promise<HuaweiCloud> {
  return connect(own, world(fetch, more));
}

/** What a fake cloud was sent. */
export type Sent = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** What a fake cloud answers, or the error of the network in its place. */
export type Canned =
  | Error
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly text: string };

/** A cloud that answers what it is told to, one answer a call, the last one for ever; it remembers what it was sent. */
export function fakeCloud(...answers: readonly Canned[]): { fetch: Fetch; sent: Sent[] } {
  const sent: Sent[] = [];
  const fetch: Fetch = async (url, { method, headers, body }) => {
    const answer = answers[Math.min(sent.length, answers.length - 1)];
    sent.push({ method, url, headers, ...(body === undefined ? {} : { body }) });
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
