import type { Address } from "./address.ts";
import { successorOf } from "./deposed.ts";
import type { Draft, PlanContext } from "./draft.ts";
import { type Diagnostic, fault } from "./errors.ts";
import type { Live } from "./kind.ts";
import type { Entry } from "./ledger.ts";
import { neededNow } from "./needs.ts";
import { type Binding, objectKey } from "./survey-state.ts";

type Owned = Binding & { readonly entry: Entry };

/** Decides what becomes of an owned resource that no manifest wants: delete, or forget. Undefined where it may not be. */
export function draftUnwanted(context: PlanContext, binding: Owned): Draft | undefined {
  const { entry, object } = binding;
  const base: Omit<Draft, "action" | "reason"> = {
    binding,
    entry,
    lifecycle: entry.lifecycle,
    fields: [],
    needs: new Set(),
    clearedBy: new Set<Address>(),
    needed: neededNow(context.survey, binding),
  };
  if (object === undefined) return { ...base, action: "forget", reason: "neither declared nor in the cloud any more" };
  const heir = context.heirs.get(objectKey(binding.provider, binding.kind.kind, object.id, binding.liveScope));
  if (heir !== undefined) return { ...base, action: "forget", reason: `${heir} has the object now` };
  if (binding.kind.history !== undefined) {
    return { ...base, action: "forget", reason: "not declared any more; what is past stays in the cloud" };
  }
  const policy = entry.lifecycle.deletionPolicy ?? (entry.origin === "created" ? "delete" : "retain");
  if (policy === "retain") {
    const why =
      entry.lifecycle.deletionPolicy === "retain" ? "deletionPolicy is retain" : "it was adopted, not created";
    return { ...base, action: "forget", reason: `not declared any more, and kept in the cloud: ${why}` };
  }
  const obstacle = deletionObstacle(binding, object);
  if (obstacle !== undefined) {
    context.errors.push(obstacle);
    return undefined;
  }
  return {
    ...base,
    action: "delete",
    reason: deletionReason(context, binding),
  };
}

function deletionReason({ options }: PlanContext, { address }: Owned): string {
  const successor = successorOf(address);
  if (successor !== undefined) return `the new object of ${successor} takes its place`;
  return options.destroy ? "everything owned is destroyed" : "not declared any more";
}

/** What goes by the owned id has to be what is owned. */
function deletionObstacle({ address, kind, entry }: Owned, object: Live): Diagnostic | undefined {
  const identity = kind.identity(object.spec);
  if (identity === entry.identity) return undefined;
  return fault(
    "E_CANNOT_DELETE",
    `id ${object.id} is now ${identity}, but ${entry.identity} is what is owned; it is not deleted`,
    { address, help: `look at it in the cloud; "cairn ledger forget ${address}" leaves it alone` },
  );
}
