import { fieldOf, type HeldReference } from "./fields.ts";
import type { Kinds, Scope } from "./kind.ts";
import type { LiveObject } from "./live-object.ts";
import type { Fields, Value } from "./values.ts";

/** What references are written with. */
export type ReferenceContext = {
  readonly kinds: Kinds;
  /** The name of an object's manifest; undefined where none is written. */
  readonly nameOf: (provider: string, kind: string, id: string) => string | undefined;
};

/**
 * A reference of a live object as a manifest writes it: the name of another manifest, else the id with what the lists of
 * objects in it need: its own parents, as references again. Pure.
 */
export function writtenReference(
  context: ReferenceContext,
  { provider, scope }: Pick<LiveObject, "provider" | "scope">,
  { field, kind }: Pick<HeldReference, "field" | "kind">,
  id: string,
): Value {
  return written(context, provider, { kind, id, scope: behind(scope, field) });
}

type Meant = { readonly kind: string; readonly id: string; readonly scope: Scope };

function written(context: ReferenceContext, provider: string, { kind, id, scope }: Meant): Value {
  const name = context.nameOf(provider, kind, id);
  if (name !== undefined) return name;
  const target = context.kinds.get(kind);
  const parents = Object.entries(scope).flatMap(([path, value]): [string, Value][] => {
    // A deeper path is told by the parents of a parent.
    if (target === undefined || path.includes(".")) return [];
    const reference = fieldOf(target, path)?.reference;
    if (reference === undefined) return [[path, value]];
    return [[path, written(context, provider, { kind: reference, id: value, scope: behind(scope, path) })]];
  });
  const fields: Fields = { id, ...Object.fromEntries(parents) };
  return fields;
}

/** What a scope says of what lies behind a field. */
function behind(scope: Scope, field: string): Scope {
  const prefix = `${field}.`;
  const inside = Object.entries(scope).filter(([path]) => path.startsWith(prefix));
  return Object.fromEntries(inside.map(([path, value]) => [path.slice(prefix.length), value]));
}
