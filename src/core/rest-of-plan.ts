import type { Address } from "./address.ts";
import type { Change, Plan } from "./change.ts";
import type { Kinds } from "./kind.ts";
import { predictCalls } from "./predict-calls.ts";
import type { Value } from "./values.ts";

/** One field of the object that a change rests on, as it may be shown; an absent value is not set. */
type MovedField = {
  readonly field: string;
  readonly wanted?: Value;
  readonly was?: Value;
  readonly now?: Value;
};

/** A change of a saved plan that may not be made. */
export type RefusedChange = {
  readonly address: Address;
  /** What has moved, in words; empty where only something that it needs has moved. */
  readonly moved: readonly string[];
  readonly fields: readonly MovedField[];
  /** The moved resource that it needs. */
  readonly cause?: Address;
};

/**
 * What cannot be done where some resources may not be touched: those themselves, and all that needs them, each with the
 * first one that it cannot do without. A delete waits only for what goes before it. Pure.
 */
export function dependantsOf(plan: Plan, roots: ReadonlySet<Address>): ReadonlyMap<Address, Address> {
  const causes = new Map<Address, Address>([...roots].map((root) => [root, root]));
  const needs = needsIn(plan);
  for (let before = -1; before < causes.size; ) {
    before = causes.size;
    for (const [address, needed] of needs) {
      const cause = causes.has(address) ? undefined : needed.flatMap((one) => causes.get(one) ?? [])[0];
      if (cause !== undefined) causes.set(address, cause);
    }
  }
  return causes;
}

function needsIn({ changes, operations }: Plan): ReadonlyMap<Address, readonly Address[]> {
  const owners = new Map(operations.map(({ key, address }) => [key, address]));
  const earlier = new Map<Address, Address[]>();
  for (const { address, after } of operations) {
    const first = after.flatMap((key) => owners.get(key) ?? []);
    earlier.set(address, [...(earlier.get(address) ?? []), ...first]);
  }
  return new Map(
    changes.map((change) => [change.address, [...standingOn(change), ...(earlier.get(change.address) ?? [])]]),
  );
}

function standingOn({ action, dependencies, parents }: Change): readonly Address[] {
  return action === "delete" || action === "forget" ? [] : [...dependencies, ...Object.values(parents)];
}

/** The plan without what is to be left out, which must hold all its dependants. Resources without a change stay. Pure. */
export function restOfPlan(plan: Plan, kinds: Kinds, out: ReadonlySet<Address>): Plan {
  const changes = plan.changes.filter(({ address, action }) => !out.has(address) || action === "no-op");
  const operations = plan.operations.filter(({ address }) => !out.has(address));
  const refusals = plan.refusals.filter(({ address }) => address === undefined || !out.has(address));
  return { ...plan, changes, operations, refusals, calls: predictCalls(kinds, changes, operations) };
}
