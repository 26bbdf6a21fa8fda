import { blame } from "./blame.ts";
import type { FieldChange } from "./change.ts";
import type { Desired } from "./desired.ts";
import type { PlanContext } from "./draft.ts";
import { type Diagnostic, fault } from "./errors.ts";
import { fieldsOf, referencesOf } from "./fields.ts";
import type { Live } from "./kind.ts";
import { noStack, ownerKey } from "./plan-input.ts";
import { shellWord } from "./shell-word.ts";
import { type Binding, ownedKey } from "./survey-state.ts";

/** A binding of something that a manifest wants. */
export type Bound = Binding & { readonly desired: Desired };

/** A field that was taken away and that the API cannot take away. */
export function isStuck(binding: Bound, change: FieldChange): boolean {
  const field = fieldsOf(binding.kind).find((one) => one.name === change.field);
  const wanted = binding.desired.spec[change.field];
  return (
    field?.traits.cannotUnset !== undefined && (wanted === undefined || (Array.isArray(wanted) && wanted.length === 0))
  );
}

/** The refusal to take a field away. */
export function cannotUnset({ address, kind, desired }: Bound, { field }: FieldChange): Diagnostic {
  const cure = fieldsOf(kind).find((one) => one.name === field)?.traits.cannotUnset;
  return fault("E_CANNOT_UNSET", `${field} was taken away, but the API has no way to return it to "not set"`, {
    place: desired.source,
    address,
    field,
    help: `${cure}; or list ${field} under metadata.lifecycle.ignoreChanges to leave the cloud's value alone`,
  });
}

/** An object whose adoption would need its replacement: only what cairn owns is ever deleted. */
export function cannotAdopt({ address, desired, object, kind }: Bound, forced: readonly string[]): Diagnostic {
  return fault(
    "E_ADOPT",
    `${kind.kind} with id ${object?.id} exists, is not owned, and differs in ${forced.join(", ")}, which cannot be changed in place`,
    {
      place: desired.source,
      address,
      help: "declare it as it is, give the manifest another name, or delete the object in the cloud yourself",
    },
  );
}

/** Why an existing object may not be taken into ownership. */
export function adoptionObstacle(context: PlanContext, binding: Bound, object: Live): Diagnostic | undefined {
  const { address, desired, kind, provider, scope } = binding;
  const cloud = context.clouds.get(provider);
  const holder =
    cloud === undefined ? undefined : context.ownedElsewhere.get(ownerKey(kind.kind, cloud, object.id, scope));
  const place = { place: desired.source, address };
  if (holder !== undefined) {
    const hasNone = holder === noStack;
    const owner = hasNone ? "the ledger without a stack" : `stack ${holder}`;
    const command = hasNone ? "" : `: cairn --stack ${shellWord(holder)} ledger list`;
    return fault("E_OWNED_ELSEWHERE", `${owner} of this project owns the ${kind.kind} with id ${object.id}`, {
      ...place,
      help: `give this stack's resource another identity, or forget it in ${owner}${command}`,
    });
  }
  if (context.options.adopt === "auto") return undefined;
  return fault(
    "E_ADOPT",
    `a ${kind.kind} with this identity exists (id ${object.id}) and is not owned; adoption is switched off`,
    {
      ...place,
      help: 'set "adopt: auto" to take it over, or give the manifest another name',
    },
  );
}

/** Another object that has the identity already that an update would give to the owned one: which of them is meant is not certain. */
export function twinOf(context: PlanContext, binding: Bound): Diagnostic | undefined {
  const { address, desired, kind, provider, object, twin, identity } = binding;
  if (object === undefined || twin === undefined || context.ownedKeys.has(ownedKey(provider, kind.kind, twin.id)))
    return undefined;
  const owned = `id ${object.id} is owned, and is ${kind.identity(object.spec)} in the cloud`;
  return fault("E_AMBIGUOUS", `${owned}; id ${twin.id} is ${identity}, which is wanted`, {
    place: desired.source,
    address,
    help: `to own id ${twin.id} instead: cairn ledger forget ${address}; else delete or rename it in the cloud`,
  });
}

/** The first reference that leads nowhere. */
export function unresolvable(context: PlanContext, { desired, kind }: Bound): Diagnostic | undefined {
  for (const held of referencesOf(kind, desired.spec)) {
    const target = context.survey.resolve(held.kind, desired.provider, held.reference);
    if (target.state === "unknown") return blame(target.fault, desired, held.path);
  }
  return undefined;
}
