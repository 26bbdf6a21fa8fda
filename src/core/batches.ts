import type { Operation } from "./change.ts";
import type { Draft, Drafts } from "./draft.ts";
import { ordered } from "./graph.ts";
import { splitKey } from "./operation-key.ts";
import { isReference } from "./reference.ts";
import { canonicalText } from "./values.ts";

/** Operations by key, with the keys that must come before; edges to keys that do not exist are ignored. */
export type Edges = Map<string, Set<string>>;

/** Gathers what travels in one call, unless that would tie a knot. */
export function batched(edges: Edges, order: readonly string[], drafts: Drafts): readonly Operation[] {
  const groups = new Map<string, string[]>();
  for (const key of order) {
    const group = groupOf(key, drafts);
    if (group !== undefined) groups.set(group, [...(groups.get(group) ?? []), key]);
  }
  const batch = new Map<string, string>();
  let graph = edges;
  for (const [group, keys] of groups) {
    const merged = contracted(graph, keys, group);
    if (keys.length < 2 || ordered(merged) === undefined) continue;
    graph = merged;
    for (const key of keys) batch.set(key, group);
  }
  const rank = new Map(order.map((key, index) => [key, index]));
  return [...edges]
    .map(([key, before]) => toOperation({ key, before, batch: batch.get(key) }, edges, drafts))
    .sort((one, other) => Number(rank.get(one.key)) - Number(rank.get(other.key)));
}

/** The graph with a group of keys as one node, which waits for itself where a member waits for another. Batches already found are nodes of it, so that two of them tie no knot either. */
function contracted(edges: Edges, members: readonly string[], group: string): Edges {
  const inside = new Set(members);
  const merged: Edges = new Map();
  const name = (key: string): string => (inside.has(key) ? group : key);
  for (const [key, before] of edges) {
    const own = merged.get(name(key)) ?? new Set<string>();
    for (const one of before) own.add(name(one));
    merged.set(name(key), own);
  }
  return merged;
}

function groupOf(key: string, drafts: Drafts): string | undefined {
  const { action, address } = splitKey(key);
  const draft = drafts.get(address);
  if (draft?.binding.kind.batchBy === undefined) return undefined;
  const { kind, provider } = draft.binding;
  const value = valueAt(draft, drafts, draft.binding.kind.batchBy);
  const travels = (action === "create" && kind.createMany) || (action === "delete" && kind.removeMany);
  return travels && value !== undefined ? `${action} ${kind.kind} ${provider} ${value}` : undefined;
}

/** The value at a scope path or of a field, in the same words for what exists and for what is wanted: references by id. */
function valueAt({ binding, after }: Draft, drafts: Drafts, path: string): string | undefined {
  const { scope, liveScope, object } = binding;
  const value = scope[path] ?? liveScope?.[path] ?? after?.[path] ?? object?.spec[path];
  if (value === undefined) return undefined;
  if (isReference(value) && "to" in value) return drafts.get(value.to)?.binding.object?.id ?? value.to;
  if (isReference(value) && "id" in value) return value.id;
  return typeof value === "string" ? value : canonicalText(value);
}

type Node = { readonly key: string; readonly before: ReadonlySet<string>; readonly batch: string | undefined };

function toOperation({ key, before, batch }: Node, edges: Edges, drafts: Drafts): Operation {
  const { action, address } = splitKey(key);
  const serial = action === "record" ? undefined : serialOf(drafts, drafts.get(address));
  return {
    key,
    address,
    action,
    after: [...before].filter((one) => edges.has(one)).sort(),
    ...(batch === undefined ? {} : { batch }),
    ...(serial === undefined ? {} : { serial }),
  };
}

function serialOf(drafts: Drafts, draft: Draft | undefined): string | undefined {
  const path = draft?.binding.kind.serialBy;
  const value = draft === undefined || path === undefined ? undefined : valueAt(draft, drafts, path);
  return value === undefined ? undefined : `${draft?.binding.provider} ${path} ${value}`;
}
