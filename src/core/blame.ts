import type { Desired } from "./desired.ts";
import type { Diagnostic, ErrorCode } from "./errors.ts";
import { placeOf } from "./place-of.ts";

const ownFaults: ReadonlySet<ErrorCode> = new Set(["E_REFERENCE", "E_AMBIGUOUS"]);

/**
 * Names the manifest at fault, and its field, where a reference or an identity is wrong and nobody is named yet. The fault of
 * a list is nobody's in particular and stays as it is, so that it is said once for everything that lives there.
 */
export function blame(fault: Diagnostic, desired: Desired, field?: string): Diagnostic {
  if (!ownFaults.has(fault.code) || fault.address !== undefined) return fault;
  const { address, source } = desired;
  if (field === undefined) return { ...fault, place: source, address };
  return { ...fault, place: placeOf(desired, field), address, field };
}
