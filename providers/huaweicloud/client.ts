import { failure } from "../../src/core/errors.ts";
import type { ProviderWorld } from "../../src/core/provider.ts";
import type { Fields } from "../../src/core/values.ts";
import { isCallError } from "../../src/http/call-error.ts";
import { authentication } from "./authentication.ts";
import { saysAbsent } from "./faults.ts";
import type { Operation, Params } from "./operation.ts";
import { collectPages } from "./pages.ts";
import { type Send, sender } from "./send.ts";
import { readSettings } from "./settings.ts";

/** Waits, or rejects with `E_INTERRUPTED` where the run is to stop. Milliseconds, divided by `pace`. */
export type Pause = (ms: number) => Promise<void>;

/** Huawei Cloud's APIs as the kinds use them. Every call rejects with a CairnError that holds the cloud's own words. */
export type HuaweiCloud = {
  readonly region: string;
  readonly projectId: string;
  /** One call; its body, empty where the operation answers nothing. One whose outcome is not known is `E_UNKNOWN_OUTCOME`. */
  call<P extends string, N extends string>(
    operation: Operation<P, N>,
    params: Params<P, N>,
    body?: Fields,
  ): Promise<Fields>;
  /** A call that asks for one object; undefined where the cloud says that there is none. */
  find<P extends string, N extends string>(
    operation: Operation<P, N>,
    params: Params<P, N>,
  ): Promise<Fields | undefined>;
  /** Every row of a paged list (`offset`, `limit`), each once by its id; `E_INCOMPLETE` where the pages end early. */
  pages<P extends string, N extends string>(
    operation: Operation<P, N>,
    params: Params<P, Exclude<N, "offset" | "limit">>,
    rows: { readonly in: string; readonly id: (row: Fields) => string },
  ): Promise<readonly Fields[]>;
  readonly pause: Pause;
};

/** Opens the API. Checks the settings and what they say of credentials (`E_CONFIG`, `E_CREDENTIALS`); makes no call. */
export async function connect(settings: Fields, world: ProviderWorld): Promise<HuaweiCloud> {
  const read = readSettings(settings);
  const pause = pauseIn(world);
  const send = sender(read, authentication(read, world), world);
  return {
    region: read.region,
    projectId: read.projectId,
    call: send,
    find: (operation, params) => findOne(send, operation, params),
    pages: (operation, params, rows) =>
      collectPages((page) => send(operation, { ...params, ...page }), operation, rows),
    pause,
  };
}

function pauseIn({ clock, pace, signal }: ProviderWorld): Pause {
  return async (ms) => {
    try {
      await clock.sleep(ms / pace, signal);
    } catch (cause) {
      if (!signal.aborted) throw cause;
      throw failure("E_INTERRUPTED", "interrupted while waiting for the cloud");
    }
  };
}

async function findOne<P extends string, N extends string>(
  send: Send,
  operation: Operation<P, N>,
  params: Params<P, N>,
): Promise<Fields | undefined> {
  try {
    return await send(operation, params);
  } catch (error) {
    if (isCallError(error) && saysAbsent(error)) return undefined;
    throw error;
  }
}
