import type { Scope } from "./kind.ts";
import type { Fields } from "./values.ts";

/** One order of an environment: a rollout, or a scaling. Times are texts in the cloud's own form. */
export type RolloutOrder = {
  readonly id: string;
  /** Of a rollout the release, of a scaling whatever the cloud calls it. */
  readonly name: string;
  readonly category: "deploy" | "scale";
  /** `deploying` and `paused` ones are open: they keep others out. */
  readonly status: "deploying" | "paused" | "finished";
  readonly result: "deploying" | "succeeded" | "failed" | "closed";
  readonly batch?: number;
  readonly batches?: number;
  readonly finishedPods?: number;
  readonly totalPods?: number;
  readonly started?: string;
  readonly ended?: string;
  /** Who made it. */
  readonly user?: string;
};

/** One pod that an order has started or stopped. */
export type RolloutPod = {
  readonly name: string;
  readonly batch?: number;
  readonly result: RolloutOrder["result"];
  readonly ip?: string;
  readonly updated?: string;
};

/** An environment, as calls need it. */
export type RolloutPlace = { readonly id: string; readonly scope: Scope };

/**
 * What a provider lets people do with rollouts, each a call or a look over the API that its `connect` gave; everything throws
 * what the client throws. Texts are masked. Nothing is tried a second time.
 */
export type Rollouts = {
  /** The kind of what is rolled out to, and the kind that declares a rollout. */
  readonly environments: string;
  readonly declaredBy: string;
  /** When to look at an order that is under way; milliseconds, divided by `pace`. */
  readonly firstLookMs: number;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** Every order, newest first. */
  orders(api: unknown, environment: string): Promise<readonly RolloutOrder[]>;
  /** One order with its progress; undefined where it does not exist. */
  order(api: unknown, order: RolloutOrder): Promise<RolloutOrder | undefined>;
  pods(api: unknown, order: string): Promise<readonly RolloutPod[]>;
  /** What the cluster noted about a pod, a line each. */
  events(api: unknown, order: string, pod: string): Promise<readonly string[]>;
  /** What a pod printed. */
  log(api: unknown, order: string, pod: string): Promise<readonly string[]>;
  /** Why an order failed, as far as its pods tell. Never throws. */
  report(api: unknown, order: string): Promise<readonly string[]>;
  resume(api: unknown, order: string): Promise<void>;
  close(api: unknown, order: string): Promise<void>;
  /** The names of what runs in an environment. */
  running(api: unknown, place: RolloutPlace): Promise<readonly string[]>;
  restart(api: unknown, place: RolloutPlace, instances: readonly string[]): Promise<void>;
  /** The package that the last good rollout brought, as fields of a declared rollout; empty where the cloud shows none. */
  lastPackage(api: unknown, place: RolloutPlace): Promise<Fields>;
  /** Deploys what the fields of a declared rollout say; gives the id of the new order. */
  deploy(api: unknown, environment: string, spec: Fields): Promise<string>;
};
