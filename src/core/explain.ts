import { z } from "zod";
import { fieldsOf } from "./fields.ts";
import type { Kind } from "./kind.ts";
import { exampleName, exampleOf, sampleOf } from "./sample.ts";
import { traitsOf, unwrapped } from "./traits.ts";
import { jsonOf, typeText } from "./type-text.ts";
import type { Fields, Value } from "./values.ts";

/** What a kind's schema and traits say of one field, at any depth. */
export type FieldExplanation = {
  /** In the spec, list elements without an index: `portMappings.port`. */
  readonly path: string;
  readonly type: string;
  /** A manifest has to set it; the naming field has a default and is never required. */
  readonly required: boolean;
  readonly description?: string;
  readonly default?: Value;
  /** What else matters, in short sentences: from the traits. */
  readonly notes: readonly string[];
  /** The vendor's actions that set it, and the one that shows it. */
  readonly setBy: readonly string[];
  readonly shownBy?: string;
  readonly example: Value;
  readonly fields: readonly FieldExplanation[];
};

/** What a kind declares of itself, in words. */
export type KindExplanation = {
  readonly kind: string;
  readonly apiVersion: string;
  readonly description: string;
  readonly naming?: string;
  /** What its list calls need: paths over references. */
  readonly scope: readonly string[];
  readonly notes: readonly string[];
  readonly actions: readonly string[];
  readonly fields: readonly FieldExplanation[];
  /** A whole manifest that passes the kind's schema and rules. */
  readonly example: Fields;
};

/** Explains a kind. Pure. */
export function explainKind(kind: Kind): KindExplanation {
  const { list, read, create, update = [], remove } = kind.actions;
  const actions = [list, read, create, ...update, remove].filter((action) => action !== undefined);
  return {
    kind: kind.kind,
    apiVersion: kind.apiVersion,
    description: kind.description,
    ...(kind.naming === undefined ? {} : { naming: kind.naming }),
    scope: kind.scope,
    notes: kindNotes(kind),
    actions: [...new Set(actions)],
    fields: fieldsOf(kind).map(({ name, schema, optional }) =>
      explainSchema(kind, schema, { path: name, required: !optional && name !== kind.naming }),
    ),
    example: exampleOf(kind),
  };
}

/** The explanation of a field by its path, `portMappings.port`; undefined where the kind has none. */
export function fieldNamed({ fields }: Pick<FieldExplanation, "fields">, path: string): FieldExplanation | undefined {
  for (const field of fields) {
    const own = lastOf(field.path);
    if (path === own) return field;
    if (path.startsWith(`${own}.`)) return fieldNamed(field, path.slice(own.length + 1));
  }
  return undefined;
}

function kindNotes(kind: Kind): readonly string[] {
  const { protected: guarded, removedWith, billable, batchBy, serialBy, triggeredBy, forceTakes, readiness } = kind;
  const fixed = kind.update === undefined ? ["no action changes it: any difference replaces it"] : [];
  const gone = kind.remove === undefined && removedWith === undefined ? ["removing its manifest only forgets it"] : [];
  return [
    ...(guarded === undefined ? [] : ["protected: deleting or replacing it needs --allow destroy=ADDRESS"]),
    ...(billable === true ? ["costs money while it exists"] : []),
    ...fixed,
    ...gone,
    ...(removedWith === undefined ? [] : [`goes with its ${removedWith.join(" or ")}`]),
    ...(batchBy === undefined ? [] : [`those of one ${batchBy} travel in one call`]),
    ...(serialBy === undefined ? [] : [`those of one ${serialBy} are changed one after the other`]),
    ...(triggeredBy ?? []).map((path) => `changes with the content of ${path}`),
    ...(forceTakes === undefined ? [] : [`lifecycle.force takes along: ${forceTakes}`]),
    ...(readiness === undefined ? [] : [`settles within ${readiness.timeoutMs / 60_000} minutes, or fails`]),
  ];
}

type Spot = { readonly path: string; readonly required: boolean };

function explainSchema(kind: Kind, schema: z.ZodType, { path, required }: Spot): FieldExplanation {
  const json = jsonOf(schema);
  const { description, default: initial } = json;
  const { create, update = [], read, list } = kind.actions;
  const traits = traitsOf(schema);
  const settable = traits.immutable === true ? [create] : [create, ...update];
  const shownBy = traits.describedOnly === true ? read : list;
  return {
    path,
    type: typeText(schema),
    required,
    // The sentence that every reference has by itself says what the notes say.
    ...(typeof description === "string" && !description.includes("{ lookup") ? { description } : {}),
    ...(initial === undefined ? {} : { default: initial as Value }),
    notes: fieldNotes(schema),
    setBy: [...new Set(settable)],
    ...(traits.writeOnly === true || shownBy === undefined ? {} : { shownBy }),
    example: path === kind.naming ? exampleName : sampleOf(schema, lastOf(path)),
    fields: innerFields(kind, schema, path),
  };
}

function innerFields(kind: Kind, schema: z.ZodType, path: string): readonly FieldExplanation[] {
  const inner = unwrapped(schema);
  const traits = traitsOf(schema);
  if (traits.reference !== undefined || traits.yaml === true || traits.range === true) return [];
  if (inner instanceof z.ZodArray) return innerFields(kind, inner.element as z.ZodType, path);
  if (!(inner instanceof z.ZodObject)) return [];
  return Object.entries(inner.shape as Record<string, z.ZodType>).map(([name, one]) =>
    explainSchema(kind, one, { path: `${path}.${name}`, required: !one.safeParse(undefined).success }),
  );
}

function fieldNotes(schema: z.ZodType): readonly string[] {
  const { reference, immutable, writeOnly, secret, subset, unordered, cannotUnset, unsetReplaces, disruption, range } =
    traitsOf(schema);
  return [
    ...(reference === undefined ? [] : ["for an object outside: { id: … } or { lookup: { … } }"]),
    ...(immutable === true ? ["a change replaces the object"] : []),
    ...(secret === true ? ["secret: only by ${env.NAME} or $file, never shown"] : []),
    ...(writeOnly === true ? ["the cloud does not show it: compared with what was applied last"] : []),
    ...(subset === true ? ["only what is written is compared"] : []),
    ...(unordered === undefined ? [] : [orderText(unordered)]),
    ...(cannotUnset === undefined ? [] : [`cannot be taken away: ${cannotUnset}`]),
    ...(unsetReplaces === true ? ["taking it away replaces the object"] : []),
    ...(range === true ? ["within { min, max } any number is right"] : []),
    ...(disruption === undefined || disruption === "none" ? [] : [`a change means: ${disruption}`]),
  ];
}

function orderText(keys: readonly string[]): string {
  return keys.length === 0 ? "order does not matter" : `order does not matter: known by ${keys.join(" and ")}`;
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}
