import type { ProviderWorld } from "../../src/core/provider.ts";
import type { Fields } from "../../src/core/values.ts";
import { type CallError, callError, isCallError } from "../../src/http/call-error.ts";
import { gateOf } from "../../src/http/gate.ts";
import { callWithRetry } from "../../src/http/retry.ts";
import { afresh } from "./afresh.ts";
import { type Authentication, accountOf, type Proof } from "./authentication.ts";
import { exchange } from "./exchange.ts";
import { saysLocked } from "./faults.ts";
import type { Operation } from "./operation.ts";
import { outgoing, type Values } from "./request.ts";
import type { Settings } from "./settings.ts";

/** Sends one call until it is answered or given up, and gives the answer's body. */
export type Send = (operation: Operation, params: Values, body?: Fields) => Promise<Fields>;

/**
 * Makes the one function through which every call goes. Each attempt waits for a slot and is signed in it; one that the cloud
 * finds unauthenticated is followed by another with new credentials, where there are any. A cluster that another change
 * has locked is waited for. The world may hold back each attempt at a mutating call just before it leaves.
 */
export function sender(settings: Settings, authenticate: Authentication, world: ProviderWorld): Send {
  const gate = gateOf(world, `huaweicloud ${accountOf(settings, world.env)}`);
  return async (operation, params, body) => {
    const request = outgoing(settings, operation, params, body);
    const { service: api, mutating } = operation;
    const sendOnce = (proof: Proof, attempt: number) =>
      gate(
        async () => {
          if (operation.mutating) await world.onMutation?.(operation.name);
          return (await exchange(operation, request, proof.headers(request.signable), world)).body;
        },
        { api, attempt, mutating },
      );
    const attempt = afresh(authenticate, sendOnce);
    return callWithRetry(doubting(operation, attempt), world);
  };
}

/**
 * An attempt at a mutating call that remembers an HTTP 503: the service was most likely not reached then, but where a later
 * attempt is refused, that may be because the first one was done.
 */
function doubting({ mutating }: Operation, attempt: (n: number) => Promise<Fields>): (n: number) => Promise<Fields> {
  let inDoubt = false;
  return async (n) => {
    try {
      return await attempt(n);
    } catch (error) {
      if (!mutating || !isCallError(error)) throw error;
      inDoubt ||= error.diagnostic.cloud?.status === 503;
      throw inDoubt && isRefused(error) ? doubtful(error) : error;
    }
  };
}

function isRefused(error: CallError): boolean {
  const { class: kind, diagnostic } = error;
  return !saysLocked(error) && diagnostic.code === "E_CLOUD" && (kind === "permanent" || kind === "conflict");
}

function doubtful(error: CallError): CallError {
  const message = `${error.message}; an attempt before ended with HTTP 503, and whether it was done is not known`;
  return callError("unknown-outcome", { ...error.diagnostic, code: "E_UNKNOWN_OUTCOME", message }, { cause: error });
}
