import type { Address } from "./address.ts";
import { successorOf } from "./deposed.ts";
import type { Draft, Drafts, PlanContext } from "./draft.ts";
import { fault } from "./errors.ts";
import { fitsAny } from "./glob.ts";
import { reachable } from "./graph.ts";
import { isLeaving } from "./removability.ts";

/** The drafts that a run is about, and the addresses left out although they differ. */
export type Selection = { readonly drafts: Drafts; readonly left: readonly Address[] };

/**
 * Narrows the drafts to the targets, with what they cannot do without (missing or replaced dependencies, owned dependants of
 * what goes), and drops what is excluded together with its dependants.
 */
export function select(context: PlanContext, drafts: Drafts): Selection {
  const { targets, excludes } = context.options;
  noteStrangers(context, drafts);
  const targeted = targets.length === 0 ? new Set(drafts.keys()) : closure(drafts, targets);
  const excluded = excludes.length === 0 ? new Set<Address>() : dependantsOf(drafts, matching(drafts, excludes));
  const kept = [...drafts].filter(([address]) => targeted.has(address) && !excluded.has(address));
  const left = [...drafts].filter(
    ([address, { action }]) => action !== "no-op" && !(targeted.has(address) && !excluded.has(address)),
  );
  return { drafts: new Map(kept), left: left.map(([address]) => address) };
}

function matching(drafts: Drafts, patterns: readonly string[]): readonly Address[] {
  return [...drafts.keys()].filter((address) => fitsAny(patterns, address));
}

/**
 * A target, an exclusion or a replacement that nothing answers to is a mistake, except a target where the wish is that it be gone.
 * An exclusion that is misspelt would let through what it was to keep, a destroy's above all.
 */
function noteStrangers(context: PlanContext, drafts: Drafts): void {
  const known = [
    ...drafts.keys(),
    ...context.desired.map((one) => one.address),
    ...Object.keys(context.ledger.entries),
  ];
  const { targets, excludes, replace, destroy } = context.options;
  const named = [
    ...(destroy ? [] : targets).map((pattern) => ["--target", pattern] as const),
    ...excludes.map((pattern) => ["--exclude", pattern] as const),
    ...(destroy ? [] : replace).map((pattern) => ["--replace", pattern] as const),
  ];
  for (const [option, pattern] of named) {
    if (known.some((address) => fitsAny([pattern], address))) continue;
    context.errors.push(
      fault("E_TARGET", `${option} ${pattern} matches neither a manifest nor an owned resource`, {
        help: 'write it as Kind/name; "cairn ledger list" shows what is owned',
      }),
    );
  }
}

function closure(drafts: Drafts, targets: readonly string[]): ReadonlySet<Address> {
  return reachable(matching(drafts, targets), (address) => {
    const draft = drafts.get(address);
    const goesAway = draft !== undefined && isLeaving(draft);
    return addressesOf(
      drafts,
      (other) =>
        (draft?.needs.has(other.binding.address) && isIndispensable(other)) ||
        triggers(draft, other) ||
        (goesAway && uses(other, address) && mustFollow(other)) ||
        successorOf(other.binding.address) === address,
    );
  });
}

/** A dependency without which its user cannot be made: it is missing, or about to get a new id. */
function isIndispensable({ action }: Draft): boolean {
  return action === "create" || action === "replace";
}

/** Content that triggers a resource is applied before it: a digest of anything else would be recorded. */
function triggers(draft: Draft | undefined, { binding, action }: Draft): boolean {
  return action === "update" && draft?.triggeredBy?.has(binding.address) === true;
}

/** A user of something that goes away has to go or to be pointed elsewhere, too. */
function mustFollow({ action }: Draft): boolean {
  return action !== "no-op" && action !== "create";
}

/** Everything that depends on the starts, wanted or existing; a deletion depends on what still uses its object. */
function dependantsOf(drafts: Drafts, starts: readonly Address[]): ReadonlySet<Address> {
  return reachable(starts, (address) => {
    const draft = drafts.get(address);
    return addressesOf(drafts, (other) => {
      const { address: user } = other.binding;
      if (successorOf(user) === address || successorOf(address) === user) return true;
      return other.action === "delete" ? draft?.needed.has(user) : uses(other, address);
    });
  });
}

function uses({ needs, needed }: Draft, target: Address): boolean {
  return needs.has(target) || needed.has(target);
}

function addressesOf(drafts: Drafts, fits: (draft: Draft) => boolean | undefined): readonly Address[] {
  return [...drafts.values()].filter(fits).map(({ binding }) => binding.address);
}
