import { isCallError } from "../../src/http/call-error.ts";
import type { Authentication, Proof } from "./authentication.ts";

/** An attempt, the n-th, that asks for new credentials once, where the cloud does not accept those at hand. */
export function afresh<T>(
  authenticate: Authentication,
  send: (proof: Proof, n: number) => Promise<T>,
): (n: number) => Promise<T> {
  let isRenewed = false;
  return async (n) => {
    const proof = await authenticate();
    try {
      return await send(proof, n);
    } catch (error) {
      const mayRenew = proof.expire !== undefined && !isRenewed && isCallError(error);
      if (!mayRenew || error.diagnostic.cloud?.status !== 401) throw error;
      isRenewed = true;
      proof.expire?.();
      return send(await authenticate(), n);
    }
  };
}
