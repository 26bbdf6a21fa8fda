import type { Place } from "../core/errors.ts";

/** One value of a YAML document as it was written: where it stands, and how. The tree shares what aliases share. */
export type YamlNode = {
  /** Where it stands in the text; `placeOf` makes a place of it, which few values are ever asked for. */
  readonly offset: number;
  readonly placeOf: (offset: number) => Place;
  /** The text of a scalar without quotes, block header or tag: what YAML's versions may read differently. */
  readonly plain: string | undefined;
  /** What an alias stands for. */
  readonly target: YamlNode | undefined;
  /** The fields of a map in the order written, by the text that the value has as key. */
  readonly entries: ReadonlyMap<string, YamlEntry> | undefined;
  /** What merge keys bring in, the first to have a key wins. */
  readonly merged: readonly YamlNode[] | undefined;
  /** The elements of a list. */
  readonly items: readonly YamlNode[] | undefined;
};

/** A field of a map. */
export type YamlEntry = { readonly key: YamlNode; readonly value: YamlNode };

/** A value inside another: `borrowed` where it was written elsewhere and came by an alias or a merge key. */
export type YamlChild = { readonly node: YamlNode; readonly key: YamlNode | undefined; readonly borrowed: boolean };

/** A node of which nothing but its place is known. */
export function nodeAt(place: Place): YamlNode {
  const nothing = { plain: undefined, target: undefined, entries: undefined, merged: undefined, items: undefined };
  return { offset: 0, placeOf: () => place, ...nothing };
}

/** The place of a node. */
export function placeOfNode({ offset, placeOf }: YamlNode): Place {
  return placeOf(offset);
}

/** The node that aliases lead to. */
export function actual(node: YamlNode): YamlNode {
  return node.target === undefined ? node : actual(node.target);
}

/** The value that a node holds under a field name or an index; undefined where it holds none. */
export function childOf(node: YamlNode, name: string | number): YamlChild | undefined {
  if (node.target !== undefined) return lent(childOf(node.target, name));
  const entry = node.entries?.get(String(name));
  if (entry !== undefined) return { node: entry.value, key: entry.key, borrowed: false };
  const item = node.items?.[Number(name)];
  if (item !== undefined) return { node: item, key: undefined, borrowed: false };
  for (const source of node.merged ?? []) {
    const found = lent(childOf(source, name));
    if (found !== undefined) return found;
  }
  return undefined;
}

function lent(child: YamlChild | undefined): YamlChild | undefined {
  return child === undefined ? undefined : { ...child, borrowed: true };
}

/** How the scalar at a path is written, where it is neither quoted nor a template. */
export function plainAt(root: YamlNode, path: readonly PropertyKey[]): string | undefined {
  let node: YamlNode | undefined = root;
  for (const step of path) node = node && childOf(node, typeof step === "number" ? step : String(step))?.node;
  const plain = node && actual(node).plain;
  return plain?.includes("${") ? undefined : plain;
}

/**
 * The place of the value at a path, else of its nearest ancestor that was written at this spot. `at: "key"` gives the
 * place of the field's name instead of its value.
 */
export function placeAt(root: YamlNode, path: readonly PropertyKey[], at: "key" | "value" = "value"): Place {
  let node = root;
  for (const [index, step] of path.entries()) {
    const child = childOf(node, typeof step === "number" ? step : String(step));
    if (child === undefined || child.borrowed) return placeOfNode(node);
    if (at === "key" && index === path.length - 1) return placeOfNode(child.key ?? child.node);
    node = child.node;
  }
  return placeOfNode(node);
}
