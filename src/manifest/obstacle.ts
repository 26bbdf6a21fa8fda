import type { Value } from "../core/values.ts";
import type { Interpolation } from "./interpolate.ts";
import { interpolationsIn } from "./interpolate.ts";
import type { Laid } from "./laid.ts";

/** Why a value cannot be written where it stands. `origin` is the offset at which what it comes from is written. */
export type Obstacle = {
  /** The value's path in the spec, joined by dots. */
  readonly path: string;
  /** Where it stands in the document. */
  readonly offset: number;
  /** What should be written; left out where it should be taken away. */
  readonly wanted?: Value;
} & (
  | { readonly type: "interpolation"; readonly sources: readonly Interpolation[] }
  | { readonly type: "alias" | "merge" | "shared"; readonly anchor: string; readonly origin: number }
);

/** What keeps a written value, or anything in it, from being written over or taken away. `templates`: it may hold interpolations. */
export function obstacleIn(laid: Laid, path: string, templates: boolean): Obstacle | undefined {
  const own = obstacleAt(laid, path, templates);
  if (own !== undefined) return own;
  const fields = laid.entries.map(({ key, value }) => obstacleIn(value, `${path}.${key.text}`, templates));
  const items = laid.items.map((item, index) => obstacleIn(item, `${path}.${index}`, templates));
  // An alias goes without harm to what it refers to.
  return [...fields, ...items].find((one) => one !== undefined && one.type !== "alias");
}

/** What keeps a written value itself from being written over. */
export function obstacleAt(laid: Laid, path: string, templates: boolean): Obstacle | undefined {
  const { anchor = "", start, target, users } = laid;
  if (target !== undefined) return { type: "alias", path, offset: start, anchor, origin: target.start };
  const [user] = users;
  if (user !== undefined) return { type: "shared", path, offset: start, anchor, origin: user };
  const sources = templates ? interpolationsIn(laid.text) : [];
  return sources.length === 0 ? undefined : { type: "interpolation", path, offset: start, sources };
}

/** The alias by which a merge key of a map brings in a field; undefined where none does. */
export function mergedFrom(laid: Laid, name: string): { readonly alias: Laid; readonly target: Laid } | undefined {
  const merges = laid.entries.filter(({ key }) => key.form === "plain" && key.text === "<<");
  const sources = merges.flatMap(({ value }) => (value.form === "list" ? value.items : [value]));
  for (const alias of sources) {
    const target = alias.target ?? alias;
    const holds = target.entries.some(({ key }) => key.text === name) || mergedFrom(target, name) !== undefined;
    if (holds) return { alias, target };
  }
  return undefined;
}
