import type { Edges } from "./batches.ts";
import type { OperationAction } from "./change.ts";
import { wantedScope } from "./change-of.ts";
import type { Draft, Drafts } from "./draft.ts";
import type { Scope } from "./kind.ts";
import { operationKey } from "./operation-key.ts";
import type { Binding } from "./survey-state.ts";
import { canonicalText, type Fields } from "./values.ts";

/**
 * An identity in its scope, or a place of a wider domain (a listener's port), must be free before somebody else claims it: adds
 * the edges from what gives it up, by going or by changing, to what takes it.
 */
export function linkDomains(edges: Edges, drafts: Drafts): void {
  const steps = [...drafts.values()].flatMap((draft) => stepsOf(edges, draft, drafts));
  const freed = new Map<string, Step[]>();
  for (const step of steps) for (const claim of step.frees) freed.set(claim, [...(freed.get(claim) ?? []), step]);
  for (const { takes, draft, key } of steps) {
    const before = takes.flatMap((claim) => freed.get(claim) ?? []).filter((other) => other.draft !== draft);
    for (const other of before) edges.get(key)?.add(other.key);
  }
}

type Step = {
  readonly key: string;
  readonly draft: Draft;
  readonly frees: readonly string[];
  readonly takes: readonly string[];
};

function stepsOf(edges: Edges, draft: Draft, drafts: Drafts): readonly Step[] {
  const { binding } = draft;
  const { object, liveScope, desired, kind, identity } = binding;
  const had = object === undefined ? [] : claimsOf(binding, object.spec, liveScope, kind.identity(object.spec));
  const wants = desired === undefined ? [] : claimsOf(binding, desired.spec, wantedScope(drafts, draft), identity);
  const step = (action: OperationAction, frees: readonly string[], takes: readonly string[]): Step[] => {
    const key = operationKey(action, binding.address);
    return edges.has(key) ? [{ key, draft, frees, takes }] : [];
  };
  const changing = {
    frees: had.filter((claim) => !wants.includes(claim)),
    takes: wants.filter((claim) => !had.includes(claim)),
  };
  return [...step("delete", had, []), ...step("create", [], wants), ...step("update", changing.frees, changing.takes)];
}

/** The name of an object's identity in its scope, and of each place that it claims. */
function claimsOf(
  { kind, provider, address }: Binding,
  spec: Fields,
  scope: Scope | undefined,
  identity: string,
): readonly string[] {
  const places = (kind.unique ?? []).flatMap(({ domain, key, scoped }) => {
    const value = key(spec, address);
    if (value === undefined) return [];
    return [`${canonicalText([provider, domain, value])} ${scoped ? canonicalText(scope) : ""}`];
  });
  return [...places, `${canonicalText([provider, kind.kind, identity])} ${canonicalText(scope)}`];
}
