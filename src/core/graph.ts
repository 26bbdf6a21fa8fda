import { byText } from "./values.ts";

/**
 * Orders keys so that each comes behind those that it names; among the free ones by text, so that equal graphs give equal
 * orders. Edges to unknown keys are ignored. Undefined where there is a cycle.
 */
export function ordered(edges: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] | undefined {
  const nodes = new Map([...edges].map(([key, names]) => [key, nodeOf(key, names)]));
  for (const node of nodes.values()) for (const name of node.names) link(nodes.get(name), node);
  let free = [...nodes.values()].filter(({ waiting }) => waiting === 0);
  const order: string[] = [];
  while (free.length > 0) {
    free.sort((one, other) => byText(one.key, other.key));
    for (const { key } of free) order.push(key);
    free = free.flatMap(({ users }) => users.filter(isFreed));
  }
  return order.length === edges.size ? order : undefined;
}

/** One key with the number of those that it still waits for, and those that wait for it. */
type Node = { readonly key: string; readonly names: ReadonlySet<string>; waiting: number; readonly users: Node[] };

function nodeOf(key: string, names: ReadonlySet<string>): Node {
  return { key, names, waiting: 0, users: [] };
}

function link(before: Node | undefined, user: Node): void {
  if (before === undefined) return;
  before.users.push(user);
  user.waiting += 1;
}

/** Counts one predecessor as done; true where it was the last one. */
function isFreed(node: Node): boolean {
  node.waiting -= 1;
  return node.waiting === 0;
}

/** Everything reachable from the starts along the edges, the starts included. */
export function reachable<T>(starts: Iterable<T>, next: (one: T) => Iterable<T>): ReadonlySet<T> {
  const seen = new Set<T>(starts);
  for (const node of seen) for (const one of next(node)) seen.add(one);
  return seen;
}
