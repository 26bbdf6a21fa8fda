import { z } from "zod";
import type { Dropped } from "./export-fields.ts";
import type { Field } from "./fields.ts";
import type { Kind } from "./kind.ts";
import { sampleOf } from "./sample.ts";
import { unwrapped } from "./traits.ts";
import type { Fields, Value } from "./values.ts";

/** A live object whose fields are held against the rules of its kind. */
export type RuledObject = {
  readonly kind: Kind;
  /** What is known of it, canonical. */
  readonly spec: Fields;
  /** Fields that somebody has to supply: they could be anything. */
  readonly needed: readonly Field[];
  /** Fields that may have a value which nobody sees. */
  readonly hidden: readonly Field[];
  /** True for a field that may be left out. */
  readonly canDrop: (field: string) => boolean;
  readonly target: (field: string) => Fields | undefined;
};

/** What makes an object keep the rules of its kind: fields to leave out, fields to supply, or the rule that cannot be kept. */
export type Settlement = {
  /** The object with something in each field that is to be supplied, such that it keeps the rules if it can. */
  readonly spec: Fields;
  readonly dropped: readonly Dropped[];
  readonly supplied: readonly Field[];
  readonly broken?: Dropped;
};

/**
 * Finds what a live object needs to keep the rules between its fields. A shown field that a rule calls out is left out; else a
 * hidden one is looked for whose presence keeps the rule: what nobody sees must be there then. Pure.
 */
export function settleRules(object: RuledObject): Settlement {
  const [dropped, supplied]: [Dropped[], Field[]] = [[], []];
  let { spec } = object;
  for (;;) {
    const { broken, spec: best } = leastBroken(object, spec);
    const [first] = broken;
    if (first === undefined) return { spec: best, dropped, supplied };
    if (spec[first.field] !== undefined && object.canDrop(first.field)) {
      dropped.push(first);
      spec = Object.fromEntries(Object.entries(spec).filter(([name]) => name !== first.field));
      continue;
    }
    const cure = object.hidden.find(
      (field) =>
        spec[field.name] === undefined && leastBroken(object, sampled(spec, field)).broken.length < broken.length,
    );
    if (cure === undefined) return { spec: best, dropped, supplied, broken: first };
    supplied.push(cure);
    spec = sampled(spec, cure);
  }
}

type Case = { readonly spec: Fields; readonly broken: readonly Dropped[] };

/** The rules that are broken whatever is supplied: those of the case in which they are fewest. */
function leastBroken({ kind, needed, target }: RuledObject, spec: Fields): Case {
  const cases = needed.reduce<readonly Fields[]>(
    (some, field) => some.flatMap((one) => choices(field).map((value) => ({ ...one, [field.name]: value }))),
    [spec],
  );
  const found = cases.map((one): Case => ({ spec: one, broken: kind.constraints?.(one, target) ?? [] }));
  return found.reduce((least, one) => (one.broken.length < least.broken.length ? one : least));
}

function sampled(spec: Fields, { name, schema }: Field): Fields {
  return { ...spec, [name]: sampleOf(schema, name) };
}

/** What a field could be: each of its words, or a sample. */
function choices({ name, schema }: Field): readonly Value[] {
  const inner = unwrapped(schema);
  return inner instanceof z.ZodEnum ? inner.options : [sampleOf(schema, name)];
}
