import { type Diagnostic, fault } from "../core/errors.ts";
import type { LedgerBackend } from "../ledger/backend.ts";

/** A warning where there is no ledger although there was one: without it, everything would be adopted as if it were somebody else's. */
export async function lostLedger(backend: Pick<LedgerBackend, "location" | "history">): Promise<readonly Diagnostic[]> {
  const [newest] = await backend.history();
  if (newest === undefined) return [];
  const message = `there is no ledger, and there was one: serial ${newest.serial} of it was kept ${newest.keptAt}`;
  const help =
    `if it was lost: cairn ledger restore ${newest.serial}; otherwise what the manifests name is adopted, ` +
    "and forgotten instead of deleted when its manifest goes";
  return [{ ...fault("E_NO_LEDGER", message, { place: { file: backend.location }, help }), severity: "warning" }];
}
