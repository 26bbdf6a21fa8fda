import type { Address } from "./address.ts";
import { type Diagnostic, fault } from "./errors.ts";
import type { Kinds } from "./kind.ts";
import type { LedgerState } from "./ledger.ts";
import { objectKey } from "./survey-state.ts";
import { unknownKinds } from "./unknown-kinds.ts";

/** What is wrong with a ledger that can be read: kinds that nobody knows, and objects that two addresses own. Pure. */
export function ledgerFaults(ledger: LedgerState, kinds: Kinds): readonly Diagnostic[] {
  const owners = new Map<string, Address>();
  const twins: Diagnostic[] = [];
  for (const { address, provider, kind, id, scope } of Object.values(ledger.entries)) {
    const key = objectKey(provider, kind, id, scope);
    const other = owners.get(key);
    if (other !== undefined) twins.push(twice(address, other, id));
    owners.set(key, address);
  }
  return [...unknownKinds(ledger, kinds), ...twins];
}

function twice(address: Address, other: Address, id: string): Diagnostic {
  return fault("E_LEDGER", `owns the object with id ${id}, and so does ${other}`, {
    address,
    help: `give up the one that is not meant: cairn ledger forget ${address}`,
  });
}
