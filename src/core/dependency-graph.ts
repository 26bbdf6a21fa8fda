import type { Address } from "./address.ts";
import { type Documents, withKind } from "./check-scope.ts";
import type { Desired } from "./desired.ts";
import type { Place } from "./errors.ts";
import { addressesIn, referencesOf } from "./fields.ts";
import type { Kinds } from "./kind.ts";
import { byText } from "./values.ts";

/** A need of one document: the address it names, and how: a field's name, `dependsOn`, or `order` for an edge by value. */
export type Need = { readonly to: Address; readonly via: string };

/** A declared resource in the graph of dependencies. */
export type GraphNode = { readonly address: Address; readonly kind: string; readonly source?: Place };

/** One resource needs another; `via` names every way in which it does. */
export type GraphEdge = { readonly from: Address; readonly to: Address; readonly via: readonly string[] };

/** What needs what. Nodes and edges are in the order of their addresses, every pair once. */
export type DependencyGraph = { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[] };

/** What a document needs as declared: by reference, by the edges of its kind, and by `dependsOn`; repeats possible. */
export function declaredNeeds(documents: Documents, desired: Desired): readonly Need[] {
  const { dependsOn, provider, spec } = desired;
  const declared = withKind(documents, desired, (kind): readonly Need[] => [
    ...referencesOf(kind, spec).flatMap(({ field, reference }) =>
      addressesIn(reference).map((to) => ({ to, via: field })),
    ),
    ...(kind.after ?? []).flatMap(({ kind: other, when }) =>
      [...documents.wanted.values()]
        .filter((one) => one !== desired && one.kind === other && one.provider === provider && when(spec, one.spec))
        .map((one) => ({ to: one.address, via: "order" })),
    ),
  ]);
  return [...declared, ...dependsOn.map((to) => ({ to, via: "dependsOn" }))];
}

/** The graph of checked documents: each is a node, and every need that another of them meets is an edge. Pure. */
export function dependencyGraph(desired: readonly Desired[], kinds: Kinds): DependencyGraph {
  const wanted = new Map(desired.map((one) => [one.address, one]));
  const sorted = [...wanted.values()].sort((one, other) => byText(one.address, other.address));
  return {
    nodes: sorted.map(({ address, kind, source }) => ({ address, kind, source })),
    edges: sorted.flatMap((one) =>
      edgesFrom(one.address, declaredNeeds({ kinds, wanted, broken: new Set() }, one), wanted),
    ),
  };
}

function edgesFrom(from: Address, needs: readonly Need[], wanted: ReadonlyMap<Address, Desired>): readonly GraphEdge[] {
  const ways = new Map<Address, Set<string>>();
  for (const { to, via } of needs) if (wanted.has(to)) ways.set(to, (ways.get(to) ?? new Set()).add(via));
  return [...ways].sort(([one], [other]) => byText(one, other)).map(([to, via]) => ({ from, to, via: [...via] }));
}
