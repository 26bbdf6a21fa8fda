import type { Address } from "./address.ts";
import type { Draft, PlanContext } from "./draft.ts";
import { type Diagnostic, fault } from "./errors.ts";
import type { Live } from "./kind.ts";
import type { Entry } from "./ledger.ts";
import { neededNow } from "./needs.ts";
import { isReference } from "./reference.ts";
import type { Binding } from "./survey-state.ts";

type Owned = Binding & { readonly entry: Entry };

/** Decides what becomes of an owned resource that no manifest wants: delete, or forget. Undefined where it may not be. */
export function draftUnwanted(context: PlanContext, binding: Owned, unwanted: ReadonlySet<Address>): Draft | undefined {
  const { entry, object } = binding;
  const base: Omit<Draft, "action" | "reason"> = {
    binding,
    entry,
    fields: [],
    needs: new Set(),
    clearedBy: new Set<Address>(),
    needed: neededNow(context.survey, binding),
  };
  if (object === undefined) return { ...base, action: "forget", reason: "neither declared nor in the cloud any more" };
  const policy = entry.lifecycle.deletionPolicy ?? (entry.origin === "created" ? "delete" : "retain");
  if (policy === "retain") {
    const why =
      entry.lifecycle.deletionPolicy === "retain" ? "deletionPolicy is retain" : "it was adopted, not created";
    return { ...base, action: "forget", reason: `not declared any more, and kept in the cloud: ${why}` };
  }
  const obstacle = deletionObstacle(binding, object, unwanted);
  if (obstacle !== undefined) {
    context.errors.push(obstacle);
    return undefined;
  }
  return {
    ...base,
    action: "delete",
    reason: context.options.destroy ? "everything owned is destroyed" : "not declared any more",
  };
}

function deletionObstacle(binding: Owned, object: Live, unwanted: ReadonlySet<Address>): Diagnostic | undefined {
  const { address, kind, entry } = binding;
  const identity = kind.identity(object.spec);
  if (identity !== entry.identity) {
    return fault(
      "E_CANNOT_DELETE",
      `id ${object.id} is now ${identity}, but ${entry.identity} is what is owned; it is not deleted`,
      {
        address,
        help: `look at it in the cloud; "cairn ledger forget ${address}" leaves it alone`,
      },
    );
  }
  if (kind.removedWith === undefined) return undefined;
  const carriers = kind.removedWith.flatMap((field) => {
    const value = entry.spec[field];
    return isReference(value) && "to" in value ? [value.to] : [];
  });
  if (carriers.some((carrier) => unwanted.has(carrier))) return undefined;
  return fault(
    "E_CANNOT_DELETE",
    `the API cannot remove a ${kind.kind} by itself: it goes with its ${kind.removedWith.join(" or ")}`,
    {
      address,
      help: `remove ${carriers.join(" or ")} as well, or set metadata.lifecycle.deletionPolicy: retain before taking the manifest away`,
    },
  );
}
