import type { Address } from "./address.ts";
import type { FieldChange } from "./change.ts";
import { costOf, shownValues } from "./compare.ts";
import { isReferenceField, type ReferenceField, referenceLabels } from "./compare-reference.ts";
import type { Draft, Drafts, PlanContext } from "./draft.ts";
import { fault } from "./errors.ts";
import { creationFields } from "./field-changes.ts";
import { fieldsOf, referencesOf } from "./fields.ts";
import type { Live } from "./kind.ts";
import { type Bound, cannotAdopt } from "./obstacles.ts";
import { ownedKey } from "./survey-state.ts";
import { sameValue } from "./values.ts";

/**
 * A replaced parent gets a new id, so everything that refers to it changes, too: in place where the field allows it, by
 * replacement where not. Goes on until nothing changes any more.
 */
export function spreadReplacements(context: PlanContext, drafts: Map<Address, Draft>): void {
  const queue = [...drafts.values()]
    .filter((draft) => draft.action === "replace")
    .map((draft) => draft.binding.address);
  const users = usersByTarget(drafts);
  for (const address of queue) {
    for (const user of users.get(address) ?? []) {
      const draft = drafts.get(user);
      if (draft !== undefined && isLeftBehind(draft, address)) drafts.set(user, begun(context, draft));
      else if (draft !== undefined && repoint(context, draft, address)) queue.push(user);
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

/** True for a history that is not owned and goes with the object that it is of: the new object begins one of its own. */
function isLeftBehind(draft: Draft, target: Address): boolean {
  const { adopts, binding } = draft;
  return adopts === true && binding.kind.history !== undefined && Object.values(binding.parents).includes(target);
}

/** The draft of a history as it is where there is none yet: what the old one says stands in nobody's way. */
function begun(context: PlanContext, { adopts: _, held: __, blocked: ___, follows: ____, ...draft }: Draft): Draft {
  const { object: _____, liveScope: ______, ...seen } = draft.binding as Bound;
  const binding: Bound = { ...seen, state: "absent" };
  const fields = creationFields(context, binding, undefined);
  return { ...draft, binding, action: "create", reason: "declared, and not there yet", fields };
}

/** Makes a draft follow the new id of a replaced target; true where that replaces the draft's own object. */
function repoint(context: PlanContext, draft: Draft, target: Address): boolean {
  const { binding } = draft;
  const fields = draft.action === "create" ? [] : fieldsTo(draft, target);
  if (fields.length === 0) return false;
  const names = new Set(fields.map(({ name }) => name));
  const changes = fields.map((field) => unknownChange(context, draft, field));
  const others = draft.fields.filter((change) => !names.has(change.field));
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

/** The fields whose wanted references lead to a target, by its name or by a look-up that found it. */
function fieldsTo({ binding, after = {} }: Draft, target: Address): readonly ReferenceField[] {
  const held = referencesOf(binding.kind, after).filter(
    ({ reference }) => "to" in reference && reference.to === target,
  );
  const names = new Set(held.map(({ field }) => field));
  return fieldsOf(binding.kind)
    .filter(isReferenceField)
    .filter(({ name }) => names.has(name));
}

/** The change of a reference field whose target gets a new id: named as before unless the name changes, too. */
function unknownChange({ survey }: PlanContext, { binding, after, fields }: Draft, field: ReferenceField): FieldChange {
  const { name, reference } = field;
  const label = referenceLabels(survey, reference, binding.provider, after?.[name]);
  const before = fields.find((change) => change.field === name)?.before ?? label;
  return {
    field: name,
    path: name,
    ...shownValues(before, label),
    unknown: true,
    class: "intended",
    ...costOf(field, after?.[name]),
  };
}

type Replacing = Draft & { readonly binding: Bound; replace: NonNullable<Draft["replace"]> };

function isReplacing(draft: Draft): draft is Replacing {
  return draft.action === "replace" && draft.replace !== undefined && draft.binding.desired !== undefined;
}

/**
 * Decides for each replacement whether the new object is made before the old one goes, and refuses those that can be done
 * neither way.
 */
export function orderReplacements(context: PlanContext, drafts: Drafts): void {
  const replaced = [...drafts.values()].filter(isReplacing);
  for (const draft of replaced) if (collides(draft, drafts)) draft.replace.order = "delete-first";
  const spread = [...replaced];
  for (const draft of spread) {
    if (draft.replace.order === "delete-first") continue;
    const parents = [...draft.needs].map((address) => drafts.get(address));
    if (!parents.some((parent) => parent?.replace?.order === "delete-first")) continue;
    draft.replace.order = "delete-first";
    spread.push(...replaced.filter((other) => other.needs.has(draft.binding.address)));
  }
  for (const draft of replaced) refuseImpossible(context, draft, drafts);
}

/** True where old and new cannot stand side by side: same identity in the same scope, or the same claim on a wider domain. */
function collides({ binding }: Replacing, drafts: Drafts): boolean {
  const { kind, object, identity, liveScope, scope, parents } = binding;
  const movesAway = Object.values(parents).some((parent) => drafts.get(parent)?.action === "replace");
  const staysThere = !movesAway && sameValue(scope, liveScope);
  return (
    object !== undefined &&
    ((staysThere && kind.identity(object.spec) === identity) || keepsClaim(binding, object, staysThere))
  );
}

function keepsClaim({ kind, address, desired }: Bound, object: Live, staysThere: boolean): boolean {
  return (kind.unique ?? []).some(({ key, scoped }) => {
    if (scoped && !staysThere) return false;
    const now = key(object.spec, address);
    return now !== undefined && now === key(desired.spec, address);
  });
}

function refuseImpossible(context: PlanContext, { binding, replace }: Replacing, drafts: Drafts): void {
  const { address, twin, kind, provider, desired } = binding;
  const place = desired.source;
  if (twin !== undefined && !context.ownedKeys.has(ownedKey(provider, kind.kind, twin.id))) {
    context.errors.push(
      fault("E_CANNOT_REPLACE", `a ${kind.kind} that is not owned already has the new identity (id ${twin.id})`, {
        place,
        address,
        help: "delete or rename it in the cloud, or choose another identity",
      }),
    );
  }
  if (replace.order !== "delete-first") return;
  const users = [...drafts.values()].filter((user) => fieldsTo(user, address).length > 0 && staysInUse(user));
  if (users.length === 0) return;
  const names = users.map((user) => user.binding.address).join(", ");
  context.errors.push(
    fault(
      "E_CANNOT_REPLACE",
      `the old and the new object have the same identity, and ${names} still uses the old one`,
      {
        place,
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
