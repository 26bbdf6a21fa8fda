import { CairnError } from "../core/errors.ts";
import type { LedgerState } from "../core/ledger.ts";
import { examine, noLedger, type Ownership, requireOwner } from "./ledger-document.ts";
import type { MovedLedger } from "./moved-ledger.ts";

/** What lies in a ledger's place. */
export type StoredLedger =
  | { readonly type: "none" }
  | { readonly type: "ledger"; readonly ledger: LedgerState }
  | { readonly type: "moved"; readonly note: MovedLedger }
  /** Truncated, not JSON, or a ledger with faults, which `fault` tells. */
  | { readonly type: "damaged"; readonly fault: CairnError };

/**
 * What the bytes in a ledger's place are; `undefined` for none. `E_LEDGER` for what is not this ledger's to replace: another
 * project's or stack's, what is no ledger at all, or what another version of cairn wrote.
 */
export function lookAt(bytes: Uint8Array | undefined, owner: Ownership): StoredLedger {
  if (bytes === undefined) return { type: "none" };
  const found = examine(bytes, owner.location);
  if (found instanceof CairnError) return { type: "damaged", fault: found };
  if (found === undefined) throw noLedger(owner.location);
  requireOwner(found, owner);
  return found.format === 1 ? { type: "ledger", ledger: found } : { type: "moved", note: found };
}
