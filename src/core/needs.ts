import type { Address } from "./address.ts";
import type { Desired } from "./desired.ts";
import { fieldsOf, referencesOf } from "./fields.ts";
import type { Kind } from "./kind.ts";
import type { PlanInput } from "./plan-input.ts";
import { isReference, type Reference } from "./reference.ts";
import type { Binding, Survey } from "./survey-state.ts";
import { targetsOf } from "./trigger.ts";
import type { Fields, Value } from "./values.ts";

/** What a wanted resource needs: by reference, by `dependsOn`, by value (`after` of its kind), and what triggers it. */
export function needsOf(input: PlanInput, survey: Survey, kind: Kind, desired: Desired): ReadonlySet<Address> {
  const referred = referencesOf(kind, desired.spec).flatMap((held) => {
    const target = survey.resolve(held.kind, desired.provider, held.reference);
    return "owner" in target && target.owner !== undefined ? [target.owner] : [];
  });
  const related = (kind.after ?? []).flatMap((edge) =>
    input.desired
      .filter(
        ({ kind: other, provider, address, spec }) =>
          other === edge.kind &&
          provider === desired.provider &&
          address !== desired.address &&
          edge.when(desired.spec, spec),
      )
      .map((other) => other.address),
  );
  const wanted = new Map(input.desired.map((one) => [one.address, one]));
  const triggering = targetsOf(input.kinds, wanted, desired).map(([, { address }]) => address);
  return new Set([...referred, ...desired.dependsOn, ...related, ...triggering]);
}

/** What an existing object needs until now: as the ledger holds it, and as its live references show. */
export function neededNow(survey: Survey, binding: Binding): ReadonlySet<Address> {
  const { kind, provider, entry, object } = binding;
  const live = object === undefined ? [] : liveTargets(survey, kind, provider, object.spec);
  return new Set([...(entry?.dependencies ?? []), ...Object.values(entry?.parents ?? {}), ...live]);
}

function liveTargets(survey: Survey, kind: Kind, provider: string, spec: Fields): readonly Address[] {
  return referencesIn(kind, spec).flatMap(({ reference, id }) => {
    const target = survey.resolve(reference, provider, id);
    return "owner" in target && target.owner !== undefined ? [target.owner] : [];
  });
}

function referencesIn(kind: Kind, spec: Fields): readonly { readonly reference: string; readonly id: Value }[] {
  return fieldsWithReference(kind).flatMap(({ name, reference }) => {
    const value = spec[name];
    if (value === undefined) return [];
    return (Array.isArray(value) ? value : [value]).map((id: Value) => ({ reference, id }));
  });
}

function fieldsWithReference(kind: Kind): readonly { readonly name: string; readonly reference: string }[] {
  return fieldsOf(kind).flatMap(({ name, reference }) => (reference === undefined ? [] : [{ name, reference }]));
}

/** A wanted spec in which lookups are replaced by what they found: a managed resource, or an id. */
export function withoutLookups(survey: Survey, kind: Kind, provider: string, spec: Fields): Fields {
  const found = fieldsWithReference(kind).flatMap(({ name, reference }): [string, Value][] => {
    const value = spec[name];
    if (value === undefined) return [];
    const settle = (one: Value): Value => settleLookup(survey, reference, provider, one);
    return [[name, Array.isArray(value) ? value.map(settle) : settle(value)]];
  });
  return { ...spec, ...Object.fromEntries(found) };
}

function settleLookup(survey: Survey, kind: string, provider: string, value: Value): Value {
  if (!isReference(value) || !("lookup" in value)) return value;
  const target = survey.resolve(kind, provider, value);
  if (target.state !== "known") return value;
  const settled: Reference = target.owner === undefined ? { id: target.id, parents: {} } : { to: target.owner };
  return settled;
}
