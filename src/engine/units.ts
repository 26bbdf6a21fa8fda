import { failure } from "../core/errors.ts";

/** What the walk has to know of one step; `Operation` of a plan is one. */
export type Step = {
  readonly key: string;
  /** Keys of steps that must have succeeded before. */
  readonly after: readonly string[];
  /** Steps with the same batch are visited together. */
  readonly batch?: string;
  /** Steps with the same serial are visited one after the other. */
  readonly serial?: string;
};

/** Steps that travel together. */
export type Unit<S extends Step> = {
  readonly members: readonly S[];
  /** The units that hold the members' predecessors. */
  readonly after: readonly Unit<S>[];
  readonly serials: readonly string[];
};

type Draft<S extends Step> = {
  readonly members: S[];
  after: Draft<S>[];
  readonly users: Draft<S>[];
  serials: string[];
  /** Predecessors that are not in the order yet. */
  left: number;
};

/**
 * Groups steps by batch and orders the groups so that each stands behind its predecessors; groups that need not wait keep
 * the order in which they were given. Throws `E_INTERNAL` for a step that waits for none of the given, and for a cycle.
 */
export function unitsOf<S extends Step>(steps: readonly S[]): readonly Unit<S>[] {
  const homes = new Map<string, Draft<S>>();
  const batches = new Map<string, Draft<S>>();
  for (const step of steps) {
    const begun = step.batch === undefined ? undefined : batches.get(step.batch);
    const unit: Draft<S> = begun ?? { members: [], after: [], users: [], serials: [], left: 0 };
    if (step.batch !== undefined) batches.set(step.batch, unit);
    unit.members.push(step);
    homes.set(step.key, unit);
  }
  const units = [...new Set(homes.values())];
  for (const unit of units) connect(unit, homes);
  return inOrder(units);
}

function connect<S extends Step>(unit: Draft<S>, homes: ReadonlyMap<string, Draft<S>>): void {
  const before = new Set<Draft<S>>();
  for (const { key, after } of unit.members) {
    for (const one of after) {
      const home = homes.get(one);
      if (home === undefined) throw failure("E_INTERNAL", `${key} waits for ${one}, which is no step of this walk`);
      before.add(home);
    }
  }
  unit.after = [...before];
  unit.left = before.size;
  for (const one of before) one.users.push(unit);
  unit.serials = [...new Set(unit.members.flatMap(({ serial }) => (serial === undefined ? [] : [serial])))];
}

function inOrder<S extends Step>(units: readonly Draft<S>[]): readonly Unit<S>[] {
  const ordered = units.filter(({ left }) => left === 0);
  for (const { users } of ordered) {
    for (const user of users) {
      user.left -= 1;
      if (user.left === 0) ordered.push(user);
    }
  }
  const stuck = units.filter(({ left }) => left > 0).flatMap(({ members }) => members);
  if (stuck.length === 0) return ordered;
  throw failure("E_INTERNAL", `steps wait for each other: ${stuck.map(({ key }) => key).join(", ")}`);
}
