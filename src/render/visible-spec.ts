import { z } from "zod";
import { conceal } from "../core/conceal.ts";
import type { Kind } from "../core/kind.ts";
import { looksSecret, masked, maskText } from "../core/mask.ts";
import { isReference, type Reference } from "../core/reference.ts";
import { isSealed } from "../core/sealed-value.ts";
import { traitsOf, unwrapped } from "../core/traits.ts";
import { type Fields, isFields, type Value } from "../core/values.ts";
import { differenceMark, type Mark, markedLeaves, recordMark } from "./mark.ts";

/** What stands for a reference: an id, a name; undefined where it is not known yet. */
export type ReferenceText = (kind: string, reference: Reference) => string | undefined;

/** How a spec is shown: what references become, and what stands for a value whose schema calls it secret. */
export type Display = { readonly referenceText: ReferenceText; readonly secret: null | typeof maskText };

/** A spec that may be shown, and which of its leaves are not known yet or hidden. */
export type VisibleSpec = { readonly value: Fields; readonly unknown: Mark; readonly sensitive: Mark };

type Visible = { readonly value: Value | undefined; readonly unknown: Mark; readonly sensitive: Mark };

/**
 * A spec for display: secrets give way to what the display says, secret-looking values of free records and Kubernetes objects are masked,
 * references become texts, and those not known yet are left out (null in lists). Without a kind all of it counts as free.
 */
export function visibleSpec(kind: Kind | undefined, spec: Fields, display: Display): VisibleSpec {
  const { value, unknown, sensitive } = visibleRecord(spec, fieldSchemas(kind?.spec), display);
  return { value: isFields(value) ? value : {}, unknown, sensitive };
}

function visible(schema: z.ZodType, value: Value, display: Display): Visible {
  const traits = traitsOf(schema);
  if (traits.secret === true) return { value: display.secret, unknown: false, sensitive: true };
  if (traits.reference !== undefined && isReference(value)) {
    const text = display.referenceText(traits.reference, value);
    return { value: text, unknown: text === undefined, sensitive: false };
  }
  return traits.yaml === true ? kubernetes(schema, value) : inside(unwrapped(schema), value, display);
}

/** The schema of a record's field; undefined for keys that the schema does not name, such as `constructor`. */
function fieldSchemas(schema: z.ZodObject | undefined): (key: string) => z.ZodType | undefined {
  const shape: Readonly<Record<string, z.ZodType>> = schema?.shape ?? {};
  return (key) => (Object.hasOwn(shape, key) ? shape[key] : undefined);
}

/** A Kubernetes object stays whole: what its schema or its keys call secret is masked at its place. */
function kubernetes(schema: z.ZodType, value: Value): Visible {
  const shown = masked(conceal(schema, value, maskText) ?? maskText);
  return { value: shown, unknown: allKnown(value), sensitive: differenceMark(value, shown) };
}

function inside(schema: z.ZodType, value: Value, display: Display): Visible {
  if (schema instanceof z.ZodPipe) {
    const side = schema.in instanceof z.ZodTransform ? schema.out : schema.in;
    return visible(side as z.ZodType, value, display);
  }
  if (schema instanceof z.ZodUnion) return strictest(schema.options as readonly z.ZodType[], value, display);
  if (schema instanceof z.ZodObject && isFields(value)) {
    return visibleRecord(value, fieldSchemas(schema), display);
  }
  if (schema instanceof z.ZodRecord && isFields(value)) {
    const free = (key: string) => (looksSecret(key) ? undefined : (schema.valueType as z.ZodType));
    return visibleRecord(value, free, display);
  }
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    return visibleList(value.map((item: Value) => visible(schema.element as z.ZodType, item, display)));
  }
  return free(value);
}

/** Which option of a union a canonical value came from is not always told by the value: the one that hides most is safe. */
function strictest(options: readonly z.ZodType[], value: Value, display: Display): Visible {
  const seen = options.map((option) => visible(option, value, display));
  return seen.reduce(
    (best, one) => (markedLeaves(one.sensitive) > markedLeaves(best.sensitive) ? one : best),
    free(value),
  );
}

/** Fields without a schema of their own are free: what their key or text betrays as secret is masked. */
function visibleRecord(record: Fields, schemaOf: (key: string) => z.ZodType | undefined, display: Display): Visible {
  const seen = Object.entries(record).map(([key, item]): [string, Visible] => {
    const schema = schemaOf(key);
    return [key, schema === undefined ? freeField(key, item, display) : visible(schema, item, display)];
  });
  const known = seen.flatMap(([key, { value }]): [string, Value][] => (value === undefined ? [] : [[key, value]]));
  return {
    value: Object.fromEntries(known),
    unknown: recordMark(seen.map(([key, { unknown }]) => [key, unknown])),
    sensitive: recordMark(seen.map(([key, { sensitive }]) => [key, sensitive])),
  };
}

function visibleList(items: readonly Visible[]): Visible {
  return {
    value: items.map(({ value }) => value ?? null),
    unknown: items.map(({ unknown }) => unknown),
    sensitive: items.map(({ sensitive }) => sensitive),
  };
}

function freeField(key: string, value: Value, display: Display): Visible {
  if (isSealed(value)) return { value: display.secret, unknown: false, sensitive: true };
  const { [key]: shown = null } = masked({ [key]: value }) as Fields;
  return { value: shown, unknown: allKnown(value), sensitive: differenceMark(value, shown) };
}

function free(value: Value): Visible {
  const shown = masked(value);
  return { value: shown, unknown: allKnown(value), sensitive: differenceMark(value, shown) };
}

/** The mark of a value in which nothing is unknown: false at its leaves, its containers kept. */
function allKnown(value: Value): Mark {
  return differenceMark(value, value);
}
