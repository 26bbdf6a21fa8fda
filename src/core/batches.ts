import type { Address } from "./address.ts";
import type { Operation, OperationAction } from "./change.ts";
import type { Draft, Drafts } from "./draft.ts";
import { ordered } from "./graph.ts";

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
  return order.map((key) => toOperation(edges, key, drafts, batch.get(key)));
}

/** The graph with a group of keys as one node. Batches already found are nodes of it, so that two of them tie no knot either. */
function contracted(edges: Edges, members: readonly string[], group: string): Edges {
  const inside = new Set(members);
  const merged: Edges = new Map();
  const name = (key: string): string => (inside.has(key) ? group : key);
  for (const [key, before] of edges) {
    const own = merged.get(name(key)) ?? new Set<string>();
    for (const one of before) if (name(one) !== name(key)) own.add(name(one));
    merged.set(name(key), own);
  }
  return merged;
}

/** The action and address of an operation's key. */
export function splitKey(key: string): { action: OperationAction; address: Address } {
  const space = key.indexOf(" ");
  return { action: key.slice(0, space) as OperationAction, address: key.slice(space + 1) as Address };
}

function groupOf(key: string, drafts: Drafts): string | undefined {
  const { action, address } = splitKey(key);
  const draft = drafts.get(address);
  if (draft === undefined || draft.binding.kind.batchBy === undefined) return undefined;
  const { createMany, removeMany } = draft.binding.kind;
  if ((action === "create" && createMany) || (action === "delete" && removeMany)) {
    return `${action} ${draft.binding.kind.kind} ${draft.binding.provider} ${valueAt(draft, draft.binding.kind.batchBy)}`;
  }
  return undefined;
}

/** The value of a path of the spec: of a scope value its id, where known, else what the manifest says. */
function valueAt({ binding, after }: Draft, path: string): string {
  const { scope, liveScope, object } = binding;
  return String(scope[path] ?? liveScope?.[path] ?? JSON.stringify(after?.[path] ?? object?.spec[path]));
}

function toOperation(edges: Edges, key: string, drafts: Drafts, batch: string | undefined): Operation {
  const { action, address } = splitKey(key);
  const draft = drafts.get(address);
  const path = draft?.binding.kind.serialBy;
  const serial =
    draft === undefined || path === undefined ? undefined : `${draft.binding.provider} ${path} ${valueAt(draft, path)}`;
  return {
    key,
    address,
    action,
    after: [...(edges.get(key) ?? [])].filter((one) => edges.has(one)).sort(),
    ...(batch === undefined ? {} : { batch }),
    ...(serial === undefined || action === "record" ? {} : { serial }),
  };
}
