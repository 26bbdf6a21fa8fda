import type { Place } from "../core/errors.ts";

/** One value of a YAML document as it was written: where it stands, and how. The tree shares what aliases share. */
export type YamlNode = {
  readonly place: Place;
  /** The text of a scalar without quotes, block header or tag: what YAML's versions may read differently. */
  readonly plain?: string;
  /** What an alias stands for. */
  readonly target?: YamlNode;
  /** The fields of a map in the order written, by the text that the value has as key. */
  readonly entries?: ReadonlyMap<string, YamlEntry>;
  /** What merge keys bring in, the first to have a key wins. */
  readonly merged?: readonly YamlNode[];
  /** The elements of a list. */
  readonly items?: readonly YamlNode[];
};

/** A field of a map. */
export type YamlEntry = { readonly key: YamlNode; readonly value: YamlNode };

/** A value inside another: `borrowed` where it was written elsewhere and came by an alias or a merge key. */
export type YamlChild = { readonly node: YamlNode; readonly key?: YamlNode; readonly borrowed: boolean };

/** The node that aliases lead to. */
export function actual(node: YamlNode): YamlNode {
  return node.target === undefined ? node : actual(node.target);
}

/** The value that a node holds under a field name or an index; undefined where it holds none. */
export function childOf(node: YamlNode, name: string | number): YamlChild | undefined {
  if (node.target !== undefined) {
    const found = childOf(node.target, name);
    return found === undefined ? undefined : { ...found, borrowed: true };
  }
  const entry = node.entries?.get(String(name));
  if (entry !== undefined) return { node: entry.value, key: entry.key, borrowed: false };
  const item = node.items?.[Number(name)];
  if (item !== undefined) return { node: item, borrowed: false };
  for (const source of node.merged ?? []) {
    const found = childOf(source, name);
    if (found !== undefined) return { ...found, borrowed: true };
  }
  return undefined;
}

/**
 * The place of the value at a path, else of its nearest ancestor that was written at this spot. `at: "key"` gives the
 * place of the field's name instead of its value.
 */
export function placeAt(root: YamlNode, path: readonly PropertyKey[], at: "key" | "value" = "value"): Place {
  let node = root;
  for (const [index, step] of path.entries()) {
    const child = childOf(node, typeof step === "number" ? step : String(step));
    if (child === undefined || child.borrowed) return node.place;
    if (at === "key" && index === path.length - 1) return child.key?.place ?? child.node.place;
    node = child.node;
  }
  return node.place;
}
