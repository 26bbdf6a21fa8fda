import type { Clock } from "../../src/core/provider.ts";
import { callError, isCallError } from "../../src/http/call-error.ts";

/** Something that proves who calls for a while, and the time at which the next one is to be fetched. */
export type Fetched<T> = { readonly value: T; readonly until: number };

/** Gives what is valid by all that is known; `expire` makes the next one be fetched anew. */
export type Renewal<T> = { readonly get: () => Promise<T>; readonly expire: (value: T) => void };

/**
 * Keeps what was fetched until its time is over, or until it is said not to be accepted any more. Callers that come at the
 * same time share one fetch; one that fails is forgotten, and `permanent` for the call that it was meant for: it has been tried
 * often enough.
 */
export function renewal<T>(fetch: () => Promise<Fetched<T>>, clock: Pick<Clock, "now">): Renewal<T> {
  let asked: Promise<Fetched<T>> | undefined;
  let expired: T | undefined;
  const ask = (): Promise<Fetched<T>> => {
    const mine = fetch().catch(forGood);
    asked = mine;
    mine.catch(() => {
      if (asked === mine) asked = undefined;
    });
    return mine;
  };
  return {
    get: async () => {
      const current = asked ?? ask();
      const { value, until } = await current;
      if (until > clock.now() && value !== expired) return value;
      // Who notices first asks for another one; whoever comes after finds that question under way.
      const next = asked === undefined || asked === current ? ask() : asked;
      return (await next).value;
    },
    expire: (value) => {
      expired = value;
    },
  };
}

function forGood(error: unknown): never {
  throw isCallError(error) ? callError("permanent", error.diagnostic, { cause: error }) : error;
}
