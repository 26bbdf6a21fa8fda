import type { Address } from "../core/address.ts";
import type { Change, Known } from "../core/change.ts";
import { type CairnError, failure } from "../core/errors.ts";
import { fieldsOf } from "../core/fields.ts";
import type { Kind, Kinds, Scope, Target } from "../core/kind.ts";
import { isReference } from "../core/reference.ts";
import { type Fields, isFields, type Value } from "../core/values.ts";
import { kindNamed } from "./observer.ts";

/** What references lead to while a plan is applied. */
export type Targets = {
  readonly kinds: Kinds;
  /** What existed when the plan was made: by address, or `kind#id`. */
  readonly known: Readonly<Record<string, Known>>;
  /** What this run created or updated. */
  readonly made: ReadonlyMap<Address, Target>;
};

/** The wanted object of a change with ids for references: what the functions of its kind get. */
export type Wanted = {
  readonly spec: Fields;
  readonly scope: Scope;
  /** The natural key, as the cloud will show it. */
  readonly identity: string;
  readonly targets: (field: string) => readonly Target[];
};

/**
 * Puts ids in place of the references of a change, from what this run has made or else from what the plan knows. Throws
 * `E_INTERNAL` naming both addresses where an id is missing: the plan's order should have made it known by now.
 */
export function wantedOf(targets: Targets, change: Change): Wanted {
  const kind = kindNamed(targets.kinds, change.kind);
  if (change.after === undefined) throw failure("E_INTERNAL", `the plan does not say what ${change.address} should be`);
  const spec: Record<string, Value> = { ...change.after };
  const held = new Map<string, readonly Target[]>();
  for (const { name, reference, list } of fieldsOf(kind)) {
    const value = change.after[name];
    if (reference === undefined || value === undefined) continue;
    const found = (list && Array.isArray(value) ? value : [value]).map((one: Value) =>
      targetOf(targets, reference, one, change.address),
    );
    held.set(name, found);
    spec[name] = list ? found.map(({ id }) => id) : (found[0]?.id ?? null);
  }
  const scope = scopeOf(targets, kind, change);
  return { spec, scope, identity: kind.identity(spec), targets: (field) => held.get(field) ?? [] };
}

/** The complete scope of the wanted object: parents of this run first, then what the plan knew. */
function scopeOf({ made, known }: Targets, kind: Kind, change: Change): Scope {
  const values = kind.scope.map((path): [string, string] => {
    const parent = change.parents[path];
    const value =
      parent === undefined ? change.scope[path] : (made.get(parent)?.id ?? change.scope[path] ?? known[parent]?.id);
    if (value === undefined) throw missing(parent ?? path, change.address);
    return [path, value];
  });
  return Object.fromEntries(values);
}

function targetOf(targets: Targets, kind: string, value: Value, user: Address): Target {
  if (!isReference(value)) throw failure("E_INTERNAL", `${user} holds ${JSON.stringify(value)} in place of a ${kind}`);
  if ("to" in value) {
    const target = targets.made.get(value.to) ?? targets.known[value.to];
    if (target === undefined) throw missing(value.to, user);
    return target;
  }
  if ("lookup" in value) throw failure("E_INTERNAL", `${user} holds a look-up of a ${kind} that the plan left open`);
  return targets.known[`${kind}#${value.id}`] ?? { id: value.id, spec: idsOf(targets, value.parents, user), scope: {} };
}

/** The declared parents of an object that cairn does not manage, as the ids that its own spec would show. */
function idsOf(targets: Targets, parents: Fields, user: Address): Fields {
  return Object.fromEntries(
    Object.entries(parents).map(([field, value]) => [
      field,
      isFields(value) && isReference(value) ? targetOf(targets, field, value, user).id : value,
    ]),
  );
}

function missing(needed: string, user: Address): CairnError {
  return failure(
    "E_INTERNAL",
    `${user} needs the id of ${needed}, which this run has not made and the plan does not know`,
  );
}
