import type { Address } from "./address.ts";
import type { Desired } from "./desired.ts";
import { fieldOf } from "./fields.ts";
import type { Kind, Kinds } from "./kind.ts";
import { isReference, type Reference } from "./reference.ts";
import type { Fields, Value } from "./values.ts";

/** All documents that a check looks at. `broken` are addresses whose documents have faults of their own. */
export type Documents = {
  readonly kinds: Kinds;
  readonly wanted: ReadonlyMap<Address, Desired>;
  readonly broken: ReadonlySet<Address>;
};

/** What `then` makes of a document with its kind; nothing for a kind that is not known. */
export function withKind<Result>(
  { kinds }: Documents,
  desired: Desired,
  then: (kind: Kind) => readonly Result[],
): readonly Result[] {
  const kind = kinds.get(desired.kind);
  return kind === undefined ? [] : then(kind);
}

/** Where a scope path leads: its value, the thing that lacks the next step, or nowhere that can be told from manifests. */
export type PathEnd =
  | { readonly end: "value"; readonly value: Value }
  | { readonly end: "missing"; readonly kind: Kind; readonly field: string; readonly behind?: Reference }
  | { readonly end: "unknown" };

/** Follows a path such as `environment.app` from the fields of a kind over declared references. */
export function followPath(documents: Documents, kind: Kind, fields: Fields, path: string): PathEnd {
  return follow(documents, kind, fields, path.split("."));
}

function follow(documents: Documents, kind: Kind, fields: Fields, path: readonly string[], from?: Reference): PathEnd {
  const [head = "", ...rest] = path;
  const value = fields[head];
  if (value === undefined)
    return { end: "missing", kind, field: head, ...(from === undefined ? {} : { behind: from }) };
  if (rest.length === 0) return { end: "value", value };
  const next = documents.kinds.get(fieldOf(kind, head)?.reference ?? "");
  if (next === undefined || !isReference(value)) return { end: "unknown" };
  const behind = fieldsBehind(documents, value);
  return behind === undefined ? { end: "unknown" } : follow(documents, next, behind, rest, value);
}

function fieldsBehind(documents: Documents, reference: Reference): Fields | undefined {
  if ("to" in reference) return documents.wanted.get(reference.to)?.spec;
  return "id" in reference ? reference.parents : reference.lookup;
}
