import { type Address, splitAddress } from "./address.ts";
import type { FieldChange } from "./change.ts";
import { costOf } from "./compare.ts";
import type { Draft, Drafts, PlanContext } from "./draft.ts";
import { fault } from "./errors.ts";
import { fieldOf, referencesOf } from "./fields.ts";
import { type Bound, cannotAdopt } from "./obstacles.ts";
import { ownedKey } from "./survey-state.ts";
import type { Value } from "./values.ts";

/**
 * A replaced parent gets a new id, so everything that refers to it changes, too: in place where the field allows it, by
 * replacement where not. Goes on until nothing changes any more.
 */
export function spreadReplacements(context: PlanContext, drafts: Drafts): void {
  const queue = [...drafts.values()]
    .filter((draft) => draft.action === "replace")
    .map((draft) => draft.binding.address);
  const users = usersByTarget(drafts);
  for (const address of queue) {
    for (const user of users.get(address) ?? []) {
      const draft = drafts.get(user);
      if (draft !== undefined && repoint(context, draft, address)) queue.push(user);
    }
  }
}

function usersByTarget(drafts: Drafts): ReadonlyMap<Address, readonly Address[]> {
  const users = new Map<Address, Address[]>();
  for (const [address, draft] of drafts) {
    for (const target of draft.needs) users.set(target, [...(users.get(target) ?? []), address]);
  }
  return users;
}

/** Makes a draft follow the new id of a replaced target; true where that replaces the draft's own object. */
function repoint(context: PlanContext, draft: Draft, target: Address): boolean {
  const { binding } = draft;
  if (binding.desired === undefined || draft.action === "create") return false;
  const fields = fieldsTo(binding as Bound, target);
  if (fields.length === 0) return false;
  const changes = fields.map((field) => unknownChange(binding as Bound, field, target));
  const others = draft.fields.filter((change) => !fields.includes(change.field));
  draft.fields = [...others, ...changes];
  const forced = changes
    .filter((change) => change.forcesReplace || binding.kind.update === undefined)
    .map((change) => change.path);
  if (forced.length === 0) {
    if (draft.action !== "replace") draft.action = "update";
    if (others.length === 0) draft.reason = `${target} is replaced`;
    return false;
  }
  if (draft.adopts) context.errors.push(cannotAdopt(binding as Bound, forced));
  const already = draft.action === "replace";
  draft.action = "replace";
  if (!already) draft.reason = `${target} is replaced, and ${forced.join(", ")} cannot be changed in place`;
  draft.replace = { order: "create-first", because: [...new Set([...(draft.replace?.because ?? []), ...forced])] };
  return !already;
}

function fieldsTo({ kind, desired }: Bound, target: Address): readonly string[] {
  const held = referencesOf(kind, desired.spec).filter(({ reference }) => "to" in reference && reference.to === target);
  return [...new Set(held.map(({ field }) => field))];
}

function unknownChange({ kind, desired }: Bound, name: string, target: Address): FieldChange {
  const field = fieldOf(kind, name);
  const label: Value = splitAddress(target).name;
  const cost = field === undefined ? { disruption: "none" as const } : costOf(field, desired.spec[name]);
  return { field: name, path: name, before: label, after: label, unknown: true, class: "intended", ...cost };
}

/**
 * Decides for each replacement whether the new object is made before the old one goes, and refuses those that can be done
 * neither way.
 */
export function orderReplacements(context: PlanContext, drafts: Drafts): void {
  const replaced = [...drafts.values()].filter((draft) => draft.action === "replace");
  for (const draft of replaced)
    if (draft.replace !== undefined && collides(draft, drafts)) draft.replace.order = "delete-first";
  const spread = [...replaced];
  for (const draft of spread) {
    if (draft.replace?.order === "delete-first") continue;
    const parents = [...draft.needs].map((address) => drafts.get(address));
    if (!parents.some((parent) => parent?.replace?.order === "delete-first")) continue;
    if (draft.replace !== undefined) draft.replace.order = "delete-first";
    spread.push(...replaced.filter((other) => other.needs.has(draft.binding.address)));
  }
  for (const draft of replaced) refuseImpossible(context, draft, drafts);
}

/** True where old and new cannot stand side by side: same identity in the same scope, or the same claim on a wider domain. */
function collides({ binding }: Draft, drafts: Drafts): boolean {
  const { kind, object, identity, address, liveScope = {}, scope, parents } = binding;
  if (object === undefined) return false;
  const movesAway = Object.values(parents).some((parent) => drafts.get(parent)?.action === "replace");
  const sameScope = !movesAway && Object.entries(scope).every(([path, value]) => liveScope[path] === value);
  if (sameScope && kind.identity(object.spec) === identity) return true;
  const wanted = binding.desired?.spec ?? {};
  return (kind.unique ?? []).some(({ key }) => {
    const now = key(object.spec, address);
    return now !== undefined && now === key(wanted, address);
  });
}

function refuseImpossible(context: PlanContext, { binding, replace }: Draft, drafts: Drafts): void {
  const { address, twin, desired, kind, provider } = binding;
  const place = desired === undefined ? {} : { place: desired.source };
  if (twin !== undefined && !context.ownedKeys.has(ownedKey(provider, kind.kind, twin.id))) {
    context.errors.push(
      fault("E_CANNOT_REPLACE", `a ${kind.kind} that is not owned already has the new identity (id ${twin.id})`, {
        ...place,
        address,
        help: "delete or rename it in the cloud, or choose another identity",
      }),
    );
  }
  if (replace?.order !== "delete-first") return;
  const users = [...drafts.values()].filter((user) => refersTo(user, address) && staysInUse(user));
  if (users.length === 0) return;
  const names = users.map((user) => user.binding.address).join(", ");
  context.errors.push(
    fault(
      "E_CANNOT_REPLACE",
      `the old and the new object have the same identity, and ${names} still uses the old one`,
      {
        ...place,
        address,
        help: "change its name as well, so that the new one can stand beside the old until nothing uses it",
      },
    ),
  );
}

/** True where a user keeps its own object while its target goes. */
function staysInUse({ action, binding }: Draft): boolean {
  return action !== "delete" && action !== "replace" && action !== "forget" && binding.object !== undefined;
}

function refersTo({ binding }: Draft, target: Address): boolean {
  return binding.desired !== undefined && fieldsTo(binding as Bound, target).length > 0;
}
