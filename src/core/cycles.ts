/**
 * The cycles of a graph, each as the nodes on it in the order of their edges, every node in one at most. `edges` names
 * the nodes that a node depends on; nodes that `nodes` lacks are ignored. Pure, and without recursion.
 */
export function findCycles<Node>(nodes: Iterable<Node>, edges: (node: Node) => Iterable<Node>): Node[][] {
  const left = new Map([...nodes].map((node) => [node, new Set(edges(node))]));
  const cycles: Node[][] = [];
  for (;;) {
    prune(left);
    const [start] = left.keys();
    if (start === undefined) return cycles;
    const cycle = walk(start, left);
    cycles.push(cycle);
    for (const node of cycle) left.delete(node);
  }
}

/** Removes everything that depends on nothing any more, so that what stays leads into a cycle. */
function prune<Node>(left: Map<Node, Set<Node>>): void {
  const users = usersOf(left);
  const free = [...left].filter(([, targets]) => targets.size === 0).map(([node]) => node);
  for (let node = free.pop(); node !== undefined; node = free.pop()) {
    left.delete(node);
    users.get(node)?.forEach((user) => {
      const targets = left.get(user);
      targets?.delete(node);
      if (targets?.size === 0) free.push(user);
    });
  }
}

/** Who depends on a node, by node. Edges to nodes that are not there (any more) are dropped on the way. */
function usersOf<Node>(left: ReadonlyMap<Node, Set<Node>>): ReadonlyMap<Node, readonly Node[]> {
  const users = new Map<Node, Node[]>([...left.keys()].map((node) => [node, []]));
  for (const [node, targets] of left) {
    for (const target of targets) {
      if (!left.has(target)) targets.delete(target);
      users.get(target)?.push(node);
    }
  }
  return users;
}

function walk<Node>(start: Node, left: ReadonlyMap<Node, ReadonlySet<Node>>): Node[] {
  const path = new Set<Node>();
  let node: Node | undefined = start;
  while (node !== undefined && !path.has(node)) {
    path.add(node);
    node = left.get(node)?.values().next().value;
  }
  const nodes = [...path];
  return nodes.slice(nodes.findIndex((one) => Object.is(one, node)));
}
