import type { Address } from "./address.ts";
import type { FieldChange } from "./change.ts";
import type { Draft, PlanContext } from "./draft.ts";
import type { Diagnostic } from "./errors.ts";
import { creationFields, differencesOf } from "./field-changes.ts";
import { fitsAny } from "./glob.ts";
import { asKept, isCarried, withHistory } from "./history.ts";
import type { Entry } from "./ledger.ts";
import { neededNow, needsOf, withoutLookups } from "./needs.ts";
import { adoptionObstacle, type Bound, cannotAdopt, cannotUnset, isStuck, twinOf, unresolvable } from "./obstacles.ts";
import { seal } from "./seal.ts";
import { targetsOf, triggerChanges, triggersOf } from "./trigger.ts";

/** Decides what becomes of a wanted resource whose binding is settled. Undefined where it cannot be planned. */
export function draftWanted(context: PlanContext, binding: Bound): Draft | undefined {
  const { desired, kind, object, address } = binding;
  const movedFrom = context.moves.get(address);
  const owning = owningEntry(binding);
  const entry = owning && (movedFrom ?? context.ledger.entries[address]);
  const wanted = new Map(context.desired.map((one) => [one.address, one]));
  const triggering = targetsOf(context.kinds, wanted, desired);
  const cloud = context.clouds.get(desired.provider);
  const base = {
    binding,
    ...(cloud === undefined ? {} : { cloud }),
    ...(entry === undefined ? {} : { entry }),
    lifecycle: desired.lifecycle,
    after: withoutLookups(context.survey, kind, desired.provider, desired.spec),
    needs: needsOf(context, context.survey, kind, desired),
    clearedBy: new Set<Address>(),
    needed: neededNow(context.survey, binding),
    ...(triggering.length === 0 ? {} : triggersFrom(context, triggering)),
  };
  const unresolved = unresolvable(context, binding);
  if (unresolved !== undefined) return refuse(context, unresolved);
  if (object === undefined) {
    const reason =
      entry === undefined ? "declared, and not in the cloud" : `owned (id ${entry.id}), and gone from the cloud`;
    return { ...base, action: "create", reason, fields: creationFields(context, binding, entry) };
  }
  const obstacle = entry === undefined ? adoptionObstacle(context, binding, object) : undefined;
  if (obstacle !== undefined) return refuse(context, obstacle);
  const own = differencesOf(context, binding, object, owning);
  const digests = { now: base.triggers, plain: triggersOf(context.kinds, triggering) };
  return draftExisting(context, base, { own, triggered: triggerChanges(kind, digests, entry?.triggers) }, movedFrom);
}

function triggersFrom({ kinds, ledger }: PlanContext, triggering: ReturnType<typeof targetsOf>) {
  return {
    triggers: triggersOf(kinds, triggering, (secret) => seal(secret, ledger.lineage)),
    triggeredBy: new Set(triggering.map(([, { address }]) => address)),
  };
}

/** Decides what becomes of a wanted resource that exists, from its differences. */
function draftExisting(
  context: PlanContext,
  base: Omit<Compared, "fields">,
  { own, triggered }: { readonly own: readonly FieldChange[]; readonly triggered: readonly FieldChange[] },
  movedFrom: Entry | undefined,
): Draft | undefined {
  const { binding, entry } = base;
  const differences = [...own, ...triggered];
  const carried = differences.filter(({ field }) => isCarried(binding.kind, field));
  const fields = carried.length === differences.length ? [] : differences;
  const settled = settleAction(context, { ...base, fields, carried }, movedFrom);
  if (settled === undefined) return undefined;
  const twin = settled.action === "update" ? twinOf(context, binding) : undefined;
  if (twin !== undefined) return refuse(context, twin);
  const rest = unchanged(binding, entry === undefined, movedFrom);
  return asKept(withHistory(context, { ...settled, binding, carried }, triggered, rest));
}

/** The entry that owns the object. What has taken the place of an owned object is another object, and not owned. */
function owningEntry({ entry, object }: Bound): Entry | undefined {
  return object === undefined || entry?.id === object.id ? entry : undefined;
}

type Compared = Omit<Draft, "action" | "reason"> & { readonly binding: Bound };

function settleAction(context: PlanContext, draft: Compared, movedFrom: Entry | undefined): Draft | undefined {
  const { binding, fields, entry } = draft;
  const adopts = entry === undefined;
  const because = replacing(context, binding, fields);
  // A new object starts without the field: only an update cannot take it away.
  const stuck = because.length > 0 ? undefined : fields.find((change) => isStuck(binding, change));
  if (stuck !== undefined) return refuse(context, cannotUnset(binding, stuck));
  if (because.length > 0 && adopts) return refuse(context, cannotAdopt(binding, because));
  const marks = {
    ...(adopts ? { adopts: true as const } : {}),
    ...(movedFrom === undefined ? {} : { previousAddress: movedFrom.address }),
  };
  if (because.length > 0) {
    const reason = because[0] === asked ? "asked for by --replace" : `${because.join(", ")} cannot be changed in place`;
    return { ...draft, ...marks, action: "replace", reason, replace: { order: "create-first", because } };
  }
  if (fields.length > 0) return { ...draft, ...marks, action: "update", reason: updateReason(fields, adopts) };
  return { ...draft, ...marks, ...unchanged(binding, adopts, movedFrom) };
}

const asked = "--replace";

/** What makes a replacement necessary: fields that nothing changes in place, a kind without updates, or the user's word. */
function replacing(context: PlanContext, binding: Bound, fields: readonly FieldChange[]): readonly string[] {
  const forced = fields
    .filter((change) => change.forcesReplace || binding.kind.update === undefined)
    .map((change) => change.path);
  if (forced.length > 0) return [...new Set(forced)];
  return fitsAny(context.options.replace, binding.address) ? [asked] : [];
}

function unchanged(binding: Bound, adopts: boolean, movedFrom: Entry | undefined): Pick<Draft, "action" | "reason"> {
  if (adopts) return { action: "adopt", reason: `exists (id ${binding.object?.id}), and is not owned yet` };
  if (movedFrom !== undefined) return { action: "move", reason: `owned as ${movedFrom.address} until now` };
  return { action: "no-op", reason: "as declared" };
}

function updateReason(fields: readonly FieldChange[], adopts: boolean): string {
  const classes = new Set(fields.map((change) => change.class));
  if (adopts) return "exists, is not owned yet, and differs";
  if (classes.has("conflict")) return "git and the cloud have both moved";
  if (classes.has("drift"))
    return classes.has("intended") ? "git has moved, and the cloud has drifted" : "the cloud has drifted";
  return "git has moved";
}

function refuse(context: PlanContext, diagnostic: Diagnostic): undefined {
  context.errors.push(diagnostic);
  return undefined;
}
