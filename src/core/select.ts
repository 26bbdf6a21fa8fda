import type { Address } from "./address.ts";
import type { Draft, Drafts, PlanContext } from "./draft.ts";
import { fault } from "./errors.ts";
import { fitsAny } from "./glob.ts";
import { reachable } from "./graph.ts";

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

/** A target that nothing answers to is a mistake, except where the wish is that it be gone. */
function noteStrangers(context: PlanContext, drafts: Drafts): void {
  if (context.options.destroy) return;
  const known = [
    ...drafts.keys(),
    ...context.desired.map((one) => one.address),
    ...Object.keys(context.ledger.entries),
  ];
  for (const target of context.options.targets) {
    if (known.some((address) => fitsAny([target], address))) continue;
    context.errors.push(
      fault("E_TARGET", `--target ${target} matches neither a manifest nor an owned resource`, {
        help: 'write it as Kind/name; "cairn ledger list" shows what is owned',
      }),
    );
  }
}

function closure(drafts: Drafts, targets: readonly string[]): ReadonlySet<Address> {
  const users = usersOf(drafts);
  return reachable(matching(drafts, targets), (address) => {
    const draft = drafts.get(address);
    const needs = [...(draft?.needs ?? [])].filter((one) => isIndispensable(drafts.get(one)));
    const goesAway = draft?.action === "delete" || draft?.action === "replace";
    const along = goesAway ? (users.get(address) ?? []).filter((one) => mustFollow(drafts.get(one))) : [];
    return [...needs, ...along];
  });
}

/** A dependency without which its user cannot be made: it is missing, or about to get a new id. */
function isIndispensable(draft: Draft | undefined): boolean {
  return draft?.action === "create" || draft?.action === "replace";
}

/** A user of something that goes away has to go or to be pointed elsewhere, too. */
function mustFollow(draft: Draft | undefined): boolean {
  return draft !== undefined && draft.action !== "no-op" && draft.action !== "create";
}

/** Everything that depends on the starts, wanted or existing; for what goes away it is the other way round. */
function dependantsOf(drafts: Drafts, starts: readonly Address[]): ReadonlySet<Address> {
  const users = usersOf(drafts);
  return reachable(starts, (address) => {
    const draft = drafts.get(address);
    const held =
      draft?.action === "delete" ? [...draft.needed].filter((one) => drafts.get(one)?.action === "delete") : [];
    return [...(users.get(address) ?? []).filter((one) => drafts.get(one)?.action !== "delete"), ...held];
  });
}

function usersOf(drafts: Drafts): ReadonlyMap<Address, readonly Address[]> {
  const users = new Map<Address, Address[]>();
  for (const [address, { needs, needed }] of drafts) {
    for (const target of new Set([...needs, ...needed])) users.set(target, [...(users.get(target) ?? []), address]);
  }
  return users;
}
