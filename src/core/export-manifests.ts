import { z } from "zod";
import { type Address, address, lastSegment } from "./address.ts";
import { type Dropped, exportedFields, isSilent } from "./export-fields.ts";
import type { ReferenceContext } from "./export-references.ts";
import { settleRules } from "./export-rules.ts";
import { type Refused, refusedTogether } from "./export-together.ts";
import { type Field, fieldsOf } from "./fields.ts";
import type { Kind, Kinds } from "./kind.ts";
import { keyOf, type LiveNames, liveNames, parentsFirst } from "./live-names.ts";
import type { LiveObject } from "./live-object.ts";
import type { ManifestDocument } from "./manifest-document.ts";
import { type NeededValue, type NeededValues, neededValues } from "./needed-values.ts";
import { withoutSecretPlaces } from "./secret-places.ts";
import { ownedKey } from "./survey-state.ts";
import { byText, type Fields, type Value } from "./values.ts";

/** What manifests are made of. */
export type ExportInput = {
  readonly kinds: Kinds;
  /** What was seen; what is not exported gives names to what lives in it. */
  readonly objects: readonly LiveObject[];
  readonly isExported: (object: LiveObject) => boolean;
  /** The aliases that are no provider's own name: their objects say so. */
  readonly aliases: ReadonlySet<string>;
};

/** An object of which there is no manifest, and why. */
export type LeftOut = {
  readonly kind: string;
  readonly id: string;
  readonly provider: string;
  readonly message: string;
};

/** The manifests of live objects, and what is to be known of them. */
export type Exported = {
  /** What something lives in comes before it; within a kind by name. */
  readonly manifests: readonly ManifestDocument[];
  readonly needed: readonly NeededValue[];
  /** Fields that the cloud does not show, left out of all manifests of a kind. */
  readonly hidden: Readonly<Record<string, readonly string[]>>;
  /** Shown values that cannot be declared, left out of a manifest. */
  readonly dropped: readonly (Dropped & { readonly address: Address })[];
  readonly left: readonly LeftOut[];
};

/** One object on its way into a manifest. */
type Draft = {
  readonly object: LiveObject;
  readonly kind: Kind;
  readonly address: Address;
  readonly name: string;
  readonly written: Fields;
  /** Canonical, with something in each field that is to be supplied; references as they are written. */
  readonly sample: Fields;
  readonly supplied: readonly Field[];
  readonly hidden: readonly Field[];
  readonly dropped: readonly Dropped[];
  readonly refused?: string;
};

/**
 * Makes manifests of live objects, such that a plan against the same cloud adopts them all and changes nothing. An object that
 * cannot be declared is left out, and what refers to it does so by its id. Deterministic: the order of the objects counts for
 * nothing. Pure.
 */
export function exportManifests(input: ExportInput): Exported {
  const names = liveNames(input);
  const wanted = input.objects.filter(input.isExported);
  const left = new Map<string, LeftOut>();
  for (;;) {
    const kept = wanted.filter((object) => !left.has(keyOf(object)));
    const drafts = draftsOf(input, names, kept);
    const refused = refusalsAmong(input, drafts);
    if (refused.length === 0) return finished(input, drafts, [...left.values()]);
    for (const { object, message } of refused) left.set(keyOf(object), leftOut(object, message));
  }
}

function leftOut({ kind, provider, live }: LiveObject, message: string): LeftOut {
  return { kind, id: live.id, provider, message };
}

/** The objects that cannot be declared, by themselves; where all can, those that cannot be declared together. */
function refusalsAmong({ kinds }: ExportInput, drafts: readonly Draft[]): readonly Refused[] {
  const alone = drafts.flatMap(({ object, refused }) => (refused === undefined ? [] : [{ object, message: refused }]));
  if (alone.length > 0) return alone;
  return refusedTogether(
    kinds,
    drafts.map((draft) => ({ ...draft, spec: specOf(draft) })),
  );
}

function draftsOf(input: ExportInput, names: LiveNames, objects: readonly LiveObject[]): readonly Draft[] {
  const byKey = new Map(objects.map((object) => [keyOf(object), object]));
  const context: ReferenceContext = {
    kinds: input.kinds,
    nameOf: (provider, kind, id) => {
      const key = ownedKey(provider, kind, id);
      return byKey.has(key) ? names.get(key) : undefined;
    },
  };
  const order = parentsFirst(input.kinds);
  return objects
    .flatMap((object) => {
      const [kind, name] = [input.kinds.get(object.kind), names.get(keyOf(object))];
      return kind === undefined || name === undefined ? [] : [draftOf(context, byKey, { object, kind, name })];
    })
    .sort((one, other) => {
      const apart = order.indexOf(one.kind) - order.indexOf(other.kind);
      return apart === 0 ? byText(one.name, other.name) : apart;
    });
}

function draftOf(
  context: ReferenceContext,
  byKey: ReadonlyMap<string, LiveObject>,
  { object, kind, name }: Pick<Draft, "object" | "kind" | "name">,
): Draft {
  const { written, needed, hidden, dropped, unfit } = exportedFields(context, kind, object, name);
  const references = new Map(fieldsOf(kind).map((field) => [field.name, field.reference]));
  const target = (field: string): Fields | undefined => {
    const key = ownedKey(object.provider, String(references.get(field)), String(object.live.spec[field]));
    return byKey.get(key)?.live.spec;
  };
  const settled = settleRules({
    kind,
    spec: { ...defaultsOf(kind), ...ownName(kind, name), ...written },
    needed,
    hidden,
    canDrop: (field) => fieldsOf(kind).some((one) => one.name === field && isSilent(one)),
    target,
  });
  const gone = new Set(settled.dropped.map(({ field }) => field));
  const [wrong] = [...unfit, ...(settled.broken === undefined ? [] : [settled.broken])];
  return {
    ...{ object, kind, name, address: address(kind.kind, name) },
    written: Object.fromEntries(Object.entries(written).filter(([field]) => !gone.has(field))),
    sample: settled.spec,
    supplied: [...needed, ...settled.supplied],
    hidden: hidden.filter((field) => !settled.supplied.includes(field)),
    dropped: [...dropped, ...settled.dropped],
    ...(wrong === undefined ? {} : { refused: `${wrong.field} ${wrong.message}` }),
  };
}

function defaultsOf(kind: Kind): Fields {
  const entries = fieldsOf(kind).flatMap(({ name, schema, optional }): [string, Value][] => {
    const value = optional ? (schema.parse(undefined) as Value | undefined) : undefined;
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(entries);
}

/** The field that the last segment of a name stands for. */
function ownName({ naming }: Kind, name: string): Fields {
  return naming === undefined ? {} : { [naming]: lastSegment(name) };
}

/** The spec of a draft as its kind's schema reads it. */
function specOf({ kind, sample }: Draft): Fields {
  const entries = fieldsOf(kind).flatMap(({ name, schema }): [string, Value][] => {
    const value = sample[name];
    if (value === undefined) return [];
    const { data = value } = schema.safeParse(value);
    return [[name, data as Value]];
  });
  return Object.fromEntries(entries);
}

function finished({ aliases }: ExportInput, drafts: readonly Draft[], left: readonly LeftOut[]): Exported {
  const needed = neededValues();
  const hidden = new Map<string, Set<string>>();
  for (const draft of drafts) {
    for (const { name } of draft.hidden) {
      hidden.set(draft.kind.kind, (hidden.get(draft.kind.kind) ?? new Set()).add(name));
    }
  }
  return {
    manifests: drafts.map((draft) => manifestOf(draft, needed, aliases)),
    needed: needed.all(),
    hidden: Object.fromEntries([...hidden].map(([kind, fields]) => [kind, [...fields]])),
    dropped: drafts.flatMap(({ address: own, dropped }) => dropped.map((one) => ({ address: own, ...one }))),
    left: [...left].sort((one, other) => byText(sortKey(one), sortKey(other))),
  };
}

function sortKey({ kind, provider, id }: LeftOut): string {
  return ownedKey(provider, kind, id);
}

function manifestOf(draft: Draft, needed: NeededValues, aliases: ReadonlySet<string>): ManifestDocument {
  const { kind, name, object } = draft;
  const metadata = { name, ...(aliases.has(object.provider) ? { provider: object.provider } : {}) };
  const entries = fieldsOf(kind).flatMap((field): [string, Value][] => {
    const value = fieldValue(draft, field, needed);
    return value === undefined ? [] : [[field.name, value]];
  });
  return { apiVersion: kind.apiVersion, kind: kind.kind, metadata, spec: Object.fromEntries(entries) };
}

function fieldValue(draft: Draft, field: Field, needed: NeededValues): Value | undefined {
  const { address: own, written, supplied } = draft;
  const { name, schema, traits, reference } = field;
  if (supplied.includes(field)) {
    const description = z.globalRegistry.get(schema)?.description;
    const about = { address: own, field: name, why: "hidden" as const, ...(description ? { description } : {}) };
    return needed.add({ ...about, source: traits.secret === true ? "env" : "var" }, name);
  }
  const value = written[name];
  if (value === undefined || reference !== undefined) return value;
  return withoutSecretPlaces(field, value, name, ({ path, name: called, secret }) => {
    const source = typeof secret === "string" ? "env" : "var";
    return needed.add({ source, address: own, field: path, why: "secret" }, called);
  });
}
