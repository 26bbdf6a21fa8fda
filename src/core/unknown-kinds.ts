import type { Address } from "./address.ts";
import { type Diagnostic, fault } from "./errors.ts";
import type { Kinds } from "./kind.ts";
import type { LedgerState } from "./ledger.ts";

/**
 * One fault for each resource that the ledger owns, or was about to, and whose kind nobody knows: it can neither be looked at nor
 * planned, and what is owned is never passed over.
 */
export function unknownKinds({ entries, intents }: LedgerState, kinds: Kinds): readonly Diagnostic[] {
  const held = [...Object.values(entries), ...intents.map(({ entry }) => entry)];
  const strange = new Map<Address, string>();
  for (const { address, kind } of held) if (!kinds.has(kind)) strange.set(address, kind);
  return [...strange].map(([address, kind]) =>
    fault("E_UNKNOWN_KIND", `the ledger owns it, and no provider of this cairn knows the kind ${kind}`, {
      address,
      help: `use the cairn that made it (cairn version tells which this is), or leave the object to the cloud: cairn ledger forget ${address}`,
    }),
  );
}
