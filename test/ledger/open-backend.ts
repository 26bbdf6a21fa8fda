import { CairnError, type Diagnostic } from "../../src/core/errors.ts";
import type { LedgerState } from "../../src/core/ledger.ts";
import type { LedgerBackend } from "../../src/ledger/backend.ts";
import { fileBackend } from "../../src/ledger/file-backend.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** Where `openBackend` keeps its ledger. */
export const path = ".cairn/ledger.json";

/** The diagnostics that a promise rejects with. */
export async function faultsOf(work: Promise<unknown>): Promise<readonly Diagnostic[]> {
  const error: unknown = await work.then(
    () => undefined,
    (caught) => caught,
  );
  if (error instanceof CairnError) return error.diagnostics;
  throw new Error(`no fault of cairn's: ${String(error)}`);
}

/** The ledger of the project `storefront`, in a new folder unless one is given. */
export async function openBackend(
  rest: { stack?: string; path?: string; root?: string; project?: string } = {},
): Promise<LedgerBackend & { root: string }> {
  const root = rest.root ?? (await temporaryFolder());
  return { ...fileBackend({ path, project: "storefront", ...rest, root }), root };
}

/** Locks, writes once, and gives the lock back. */
export async function writeOnce(backend: LedgerBackend, state: LedgerState): Promise<void> {
  const lock = await backend.lock("cairn apply", 0);
  await lock.write(state);
  await lock.release();
}

/** The same state under the next serial. */
export function next(state: LedgerState): LedgerState {
  return { ...state, serial: state.serial + 1 };
}
