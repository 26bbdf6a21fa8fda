import type { Draft, Drafts } from "./draft.ts";
import { isLeaving } from "./removability.ts";

/** True for a removal by `metadata.lifecycle.force`, which takes along what hangs on the object. */
export function isForced(draft: Draft): boolean {
  return isLeaving(draft) && draft.lifecycle.force && draft.binding.kind.forceTakes !== undefined;
}

/** Says of every forced removal what it takes along. */
export function tellForced(drafts: Drafts): void {
  for (const draft of drafts.values()) {
    if (isForced(draft)) draft.reason = `${draft.reason}; force takes along ${draft.binding.kind.forceTakes}`;
  }
}
