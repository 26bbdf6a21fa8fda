import type { z } from "zod";
import type { ApiCalls } from "./api-call.ts";
import type { Kind } from "./kind.ts";
import type { Cloud } from "./ledger.ts";
import type { Rollouts } from "./rollouts.ts";
import type { Fields } from "./values.ts";
import type { Views } from "./view.ts";

/** What a fetch-shaped call sends. Bodies are text; the signal bounds the whole call. */
export type FetchRequest = {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
};

/** What a fetch-shaped call answers. */
export type FetchResponse = {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
};

/** HTTP as cairn uses it: the network's in production, the emulator's own in tests. Never follows redirects. */
export type Fetch = (url: string, request: FetchRequest) => Promise<FetchResponse>;

/** Time, handed in so that tests need not wait. Milliseconds. */
export type Clock = {
  now(): number;
  /** Rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
};

/** Everything that a provider's client needs of the outside. */
export type ProviderWorld = {
  readonly fetch: Fetch;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** In [0, 1): jitter and nonces come from here. */
  readonly random: () => number;
  /** Calls under way at once. */
  readonly parallelism: number;
  /** Divides every wait of the client's. */
  readonly pace: number;
  /** Stops waiting between attempts; a call under way is never cut by it. */
  readonly signal: AbortSignal;
  /** Awaited just before each attempt at a mutating call: where it rejects, nothing is sent, and the call rejects with that. */
  readonly onMutation?: (action: string) => void | Promise<void>;
};

/** One cloud's API as a set of kinds and a way to reach it. */
export type Provider = {
  readonly name: string;
  readonly description: string;
  /** The settings under `providers.<name>` in cairn.yaml, after interpolation. */
  readonly settings: z.ZodObject;
  readonly kinds: readonly Kind[];
  /** Which cloud the settings lead to. Makes no call. */
  cloudOf(settings: Fields): Cloud;
  /** The API that the kinds' functions get. Loads the client; makes no call. */
  connect(settings: Fields, world: ProviderWorld): Promise<unknown>;
  /** Every call of the API, to be made by its name. Loads the catalogue. */
  calls(): Promise<ApiCalls>;
  /** What can be looked at and is no kind. Loads how. */
  views?(): Promise<Views>;
  /** What people may do with rollouts. Loads how. */
  rollouts?(): Promise<Rollouts>;
};
