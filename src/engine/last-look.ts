import type { Change } from "../core/change.ts";
import { type Diagnostic, failure } from "../core/errors.ts";
import { faultOf } from "./fault-of.ts";
import type { Removing } from "./remove.ts";
import type { Run } from "./run.ts";

/**
 * Reads an object right before its deletion: what goes by its id now has to be what was recorded under it, however long ago the
 * plan was made. Answers what speaks against the deletion; a look that fails does, too. Makes no call where the id is the identity
 * itself, or where the kind has no read. What is not there any more is no fault: a delete by id then hits nothing. Never throws.
 */
export async function lastLook(
  run: Run,
  { change, kind, removal, identity }: Removing,
): Promise<Diagnostic | undefined> {
  if (kind.read === undefined || identity === undefined || identity === removal.id) return undefined;
  try {
    const live = await run.observer.read({ provider: change.provider, kind: kind.kind, ...removal });
    // What only lists show is as the plan has seen it.
    if (live !== undefined) requireIdentity(change, identity, kind.identity({ ...change.before, ...live.spec }));
    return undefined;
  } catch (error) {
    return faultOf(error);
  }
}

/** Throws `E_CANNOT_DELETE` unless the object of a change is what it was recorded as. */
export function requireIdentity({ address, id = "" }: Change, recorded: string, shown: string): void {
  if (shown === recorded) return;
  throw failure("E_CANNOT_DELETE", `id ${id} was recorded as ${recorded} and is ${shown} in the cloud now`, {
    help: `if it is still yours, give it its old name back; else run \`cairn ledger forget ${address}\``,
  });
}
