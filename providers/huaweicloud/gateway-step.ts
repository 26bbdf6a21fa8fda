import type { Fields } from "../../src/core/values.ts";
import type { HuaweiCloud } from "./client.ts";
import type { WantedGateway } from "./gateway-rules.ts";
import type { Operation } from "./operation.ts";

/** What a step is decided by. */
export type Occasion = {
  readonly wanted: WantedGateway;
  /** What the gateway shows just before the step. */
  readonly current: Fields;
  /** The fields that differ, or did at first. */
  readonly changed: readonly string[];
};

/** One mutating call: its name, and how it is made. */
export type StepCall = { readonly action: string; readonly send: (api: HuaweiCloud, id: string) => Promise<unknown> };

/** A part of an update: the fields that it takes care of, and the calls that it needs. Pure; none where all is as wanted. */
export type Step = {
  readonly fields: readonly string[];
  readonly calls: (occasion: Occasion) => readonly StepCall[];
};

/** A call that names nothing but the gateway. */
export function calling(operation: Operation, body?: Fields): StepCall {
  return { action: operation.name, send: (api, id) => api.call<string, string>(operation, { instance_id: id }, body) };
}
