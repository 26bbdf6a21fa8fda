import { type Address, address, lastSegment } from "./address.ts";
import { type Dropped, exportedFields, isSilent } from "./export-fields.ts";
import type { ReferenceContext } from "./export-references.ts";
import { settleRules } from "./export-rules.ts";
import { type Field, fieldsOf } from "./fields.ts";
import type { Kind, Kinds } from "./kind.ts";
import { keyOf, type LiveNames, parentsFirst } from "./live-names.ts";
import type { LiveObject } from "./live-object.ts";
import { ownedKey } from "./survey-state.ts";
import { byText, type Fields, type Value } from "./values.ts";

/** One object on its way into a manifest. */
export type ExportDraft = {
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
 * The drafts of live objects, what something lives in before it, and within a kind by name. A reference to another one of them is its
 * name. One that cannot be declared by itself says why (`refused`). Pure.
 */
export function exportDrafts(kinds: Kinds, names: LiveNames, objects: readonly LiveObject[]): readonly ExportDraft[] {
  const byKey = new Map(objects.map((object) => [keyOf(object), object]));
  const context: ReferenceContext = {
    kinds,
    nameOf: (provider, kind, id) => {
      const key = ownedKey(provider, kind, id);
      return byKey.has(key) ? names.get(key) : undefined;
    },
  };
  const order = parentsFirst(kinds);
  return objects
    .flatMap((object) => {
      const [kind, name] = [kinds.get(object.kind), names.get(keyOf(object))];
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
  { object, kind, name }: Pick<ExportDraft, "object" | "kind" | "name">,
): ExportDraft {
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
export function specOf({ kind, sample }: ExportDraft): Fields {
  const entries = fieldsOf(kind).flatMap(({ name, schema }): [string, Value][] => {
    const value = sample[name];
    if (value === undefined) return [];
    const { data = value } = schema.safeParse(value);
    return [[name, data as Value]];
  });
  return Object.fromEntries(entries);
}
