import type { ProviderWorld } from "../../src/core/provider.ts";
import { type Fields, isFields } from "../../src/core/values.ts";
import { isCallError } from "../../src/http/call-error.ts";
import type { Action, Params } from "./action.ts";
import { accountOf, credentialSource } from "./credentials.ts";
import { saysAbsent } from "./faults.ts";
import { collectPages, type Page, pageParams } from "./pages.ts";
import { type Send, sender } from "./send.ts";
import { endpointOf, readSettings } from "./settings.ts";

/** RetailCloud's API as the kinds use it. Every call rejects with a CairnError that holds the cloud's own words. */
export type RetailCloud = {
  /** One call; its answer without wrappers. A mutating call whose outcome is not known is `E_UNKNOWN_OUTCOME`. */
  call<N extends string>(action: Action<N>, params: Params<N>): Promise<Fields>;
  /** The `Result` of a call that asks for one object; undefined where the cloud says, or shows, that there is none. */
  find<N extends string>(action: Action<N>, params: Params<N>): Promise<Fields | undefined>;
  /** Every row of a paged list, each once by its id; `E_INCOMPLETE` where the pages end early. */
  pages<N extends string>(
    action: Action<N>,
    params: Params<Exclude<N, "PageNum" | "PageNumber" | "PageSize">>,
    rows: { readonly id: (row: Fields) => string },
  ): Promise<readonly Fields[]>;
  /** Waits so many milliseconds, divided by the client's pace; rejects where the run is to stop. */
  pause(ms: number): Promise<void>;
};

/** Opens the API. Checks the settings and what they say of credentials (`E_CONFIG`, `E_CREDENTIALS`); makes no call. */
export async function connect(settings: Fields, world: ProviderWorld): Promise<RetailCloud> {
  const read = readSettings(settings);
  const send = sender(endpointOf(read), credentialSource(read, world.env), accountOf(read, world.env), world);
  return {
    call: send,
    find: (action, params) => findOne(send, action, params),
    pages: (action, params, rows) => {
      const fetchPage = (page: Page) => send(action, { ...params, ...pageParams(action, page) });
      return collectPages(fetchPage, action.name, rows.id);
    },
    pause: (ms) => world.clock.sleep(ms / world.pace, world.signal),
  };
}

async function findOne<N extends string>(
  send: Send,
  action: Action<N>,
  params: Params<N>,
): Promise<Fields | undefined> {
  try {
    const { Result: result } = await send(action, params);
    return isFields(result) && Object.keys(result).length > 0 ? result : undefined;
  } catch (error) {
    if (isCallError(error) && saysAbsent(error.diagnostic)) return undefined;
    throw error;
  }
}
