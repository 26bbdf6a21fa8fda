import type { Draft, Drafts, PlanContext } from "./draft.ts";
import { fault } from "./errors.ts";
import { isForced } from "./force.ts";
import type { Precondition } from "./kind.ts";
import { isLeaving } from "./removability.ts";

/**
 * Refuses deletes that the cloud is known to refuse, unless a planned delete clears the way; that one then comes first. A
 * forced one is not refused.
 */
export function checkPreconditions(context: PlanContext, drafts: Drafts): void {
  const leaving = [...drafts.values()].filter(isLeaving);
  for (const draft of leaving.filter((one) => !isForced(one))) {
    for (const { reason, clearedBy } of obstaclesOf(draft)) {
      const clearing = leaving.find((other) => clears(draft, other, clearedBy));
      if (clearing === undefined) refuse(context, draft, reason);
      else draft.clearedBy.add(clearing.binding.address);
    }
  }
}

type ClearedBy = Precondition["clearedBy"];

function obstaclesOf({ binding }: Draft): readonly { readonly reason: string; readonly clearedBy: ClearedBy }[] {
  const { kind, object } = binding;
  return (kind.preconditions ?? []).flatMap(({ forbids, clearedBy }) => {
    const reason = object && forbids(object);
    return reason === undefined ? [] : [{ reason, clearedBy }];
  });
}

function clears(draft: Draft, other: Draft, edge: ClearedBy): boolean {
  if (edge === undefined || other === draft || other.binding.kind.kind !== edge.kind) return false;
  const mine = draft.binding.object?.spec;
  const theirs = other.binding.object?.spec;
  return mine !== undefined && theirs !== undefined && edge.when(mine, theirs);
}

function refuse(context: PlanContext, { binding, action }: Draft, reason: string): void {
  const { address, desired } = binding;
  context.errors.push(
    fault("E_CANNOT_DELETE", `cannot be ${action}d: ${reason}`, {
      ...(desired === undefined ? {} : { place: desired.source }),
      address,
      help: "clear that first, in the manifests or in the cloud",
    }),
  );
}
