import type { FieldClass } from "./change.ts";
import { conceal } from "./conceal.ts";
import { alike, keyedElements } from "./diff.ts";
import type { Field } from "./fields.ts";
import { restrict } from "./restrict.ts";
import { keptPart } from "./seal.ts";
import { isSealed } from "./sealed-value.ts";
import type { Value } from "./values.ts";

/** The three sides of one field: wanted by git, shown by the cloud, applied last. */
export type Sides = {
  readonly field: Field;
  readonly wanted: Value | undefined;
  readonly live: Value | undefined;
  readonly base: Value | undefined;
  /** What another revision of the manifests says of the field; where there is one, it tells the class, not `base`. */
  readonly revision?: Revision;
};

/** One field in another revision of the manifests: no value where that does not set it or lacks the whole resource. */
export type Revision = { readonly value: Value | undefined };

/** What the field was when both sides agreed: as the other revision says, else as applied last. */
export function commonBase({ revision, base }: Pick<Sides, "revision" | "base">): Value | undefined {
  return revision === undefined ? base : revision.value;
}

/**
 * Which side moved since the last apply, or since another revision of the manifests. `element` narrows a list of Kubernetes
 * objects to one of them. What the ledger leaves out (secrets) is left out on all sides.
 */
export function classOf(sides: Sides, element: string): FieldClass {
  const { field, wanted, revision } = sides;
  const base = commonBase(sides);
  // A field that the cloud does not show cannot be said to have moved there, whatever git says.
  if (revision !== undefined && field.traits.writeOnly === true) return "intended";
  if (isSealed(base)) return "intended";
  if (base === undefined) return wanted === undefined ? "drift" : "intended";
  return movedSide(sides, base, element);
}

function movedSide({ field, wanted, live }: Sides, base: Value, element: string): FieldClass {
  const arrangement = element === "" ? field.traits : { yaml: true };
  const last = part(field, base, element);
  const shown = part(field, live, element);
  const have =
    field.traits.subset === true && shown !== undefined && last !== undefined
      ? restrict(shown, [last], arrangement)
      : shown;
  const isKept = alike(last, have, arrangement);
  // All three alike: what differs is none of what the ledger keeps, and nobody knows who moved it.
  if (alike(last, part(field, wanted, element), arrangement)) return isKept ? "intended" : "drift";
  return field.traits.writeOnly === true || isKept ? "intended" : "conflict";
}

/** A field's value, or one element of it, as the ledger would hold it. */
function part(field: Field, value: Value | undefined, element: string): Value | undefined {
  const shown = value === undefined ? undefined : conceal(field.schema, value, undefined);
  const one = element === "" ? shown : elements(field, shown).get(element);
  return one === undefined ? undefined : keptPart(field.traits, one);
}

/** The elements of a list field by their keys; empty for anything else. */
export function elements(field: Field, value: Value | undefined): ReadonlyMap<string, Value> {
  const list: readonly Value[] = Array.isArray(value) ? value : [];
  return new Map(keyedElements(list, field.traits, true).map(({ key, item }) => [key, item]));
}
