import { byText } from "./values.ts";

/**
 * Orders keys so that each comes behind those that it names; among the free ones by text, so that equal graphs give equal
 * orders. Edges to unknown keys are ignored. Undefined where there is a cycle.
 */
export function ordered(edges: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] | undefined {
  const waiting = new Map<string, number>();
  const users = new Map<string, string[]>();
  for (const [key, before] of edges) {
    const known = [...before].filter((one) => edges.has(one));
    waiting.set(key, known.length);
    for (const one of known) users.set(one, [...(users.get(one) ?? []), key]);
  }
  let free = [...waiting].filter(([, count]) => count === 0).map(([key]) => key);
  const order: string[] = [];
  while (free.length > 0) {
    free.sort(byText);
    order.push(...free);
    free = free.flatMap((key) => (users.get(key) ?? []).filter((user) => settle(waiting, user)));
  }
  return order.length === edges.size ? order : undefined;
}

/** Counts one predecessor of a key as done; true where it was the last one. */
function settle(waiting: Map<string, number>, key: string): boolean {
  const left = (waiting.get(key) ?? 0) - 1;
  waiting.set(key, left);
  return left === 0;
}

/** Everything reachable from the starts along the edges, the starts included. */
export function reachable<Node>(starts: Iterable<Node>, next: (node: Node) => Iterable<Node>): ReadonlySet<Node> {
  const seen = new Set<Node>(starts);
  for (const node of seen) for (const one of next(node)) seen.add(one);
  return seen;
}
