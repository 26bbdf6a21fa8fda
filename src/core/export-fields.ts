import { lastSegment } from "./address.ts";
import { isUnset } from "./compare.ts";
import { type ReferenceContext, writtenReference } from "./export-references.ts";
import { type Field, fieldsOf } from "./fields.ts";
import { inWrittenOrder } from "./in-written-order.ts";
import type { Kind } from "./kind.ts";
import type { LiveObject } from "./live-object.ts";
import { type Fields, sameValue, type Value } from "./values.ts";
import { withoutFilledIn } from "./without-filled-in.ts";
import { wording } from "./wording.ts";

/** A field, or a part of one, that is not written although the cloud shows it. */
export type Dropped = { readonly field: string; readonly message: string };

/** What of a live object can be declared, and what cannot. */
export type ExportedFields = {
  /** By field name: values as they are, references as a manifest writes them; without what goes without saying. */
  readonly written: Readonly<Record<string, Value>>;
  /** Required, and not shown. */
  readonly needed: readonly Field[];
  /** Optional, and never or not now shown: they may have a value. */
  readonly hidden: readonly Field[];
  readonly dropped: readonly Dropped[];
  /** Why the object cannot be declared. */
  readonly unfit: readonly Dropped[];
};

type Fit = { readonly value?: Value; readonly dropped?: readonly Dropped[]; readonly unfit?: Dropped };

/**
 * The fields of a live object as its manifest declares them. Left out is what a manifest says by saying nothing: the name that
 * the last segment tells, defaults, and what the cloud fills in. Pure.
 */
export function exportedFields(
  context: ReferenceContext,
  kind: Kind,
  object: LiveObject,
  name: string,
): ExportedFields {
  const fields = fieldsOf(kind);
  const fits = fields.flatMap((field) => {
    const shown = shownOf(object, field);
    return shown === undefined ? [] : [{ field, ...fitted(context, object, field, shown) }];
  });
  const unseen = fields.filter((field) => shownOf(object, field) === undefined);
  const says = ({ field, value }: (typeof fits)[number]): boolean =>
    !(field.name === kind.naming && value === lastSegment(name)) && !isDefault(field, value);
  const written = fits.flatMap((fit): [string, Value][] =>
    fit.value !== undefined && says(fit) ? [[fit.field.name, fit.value]] : [],
  );
  const unfit = fits.flatMap((fit) => (fit.unfit === undefined ? [] : [{ ...fit.unfit, silent: isSilent(fit.field) }]));
  return {
    written: Object.fromEntries(written),
    needed: unseen.filter(({ optional }) => !optional),
    hidden: unseen.filter((field) => field.optional && isHidden(kind, field)),
    dropped: [...fits.flatMap(({ dropped = [] }) => dropped), ...unfit.filter(({ silent }) => silent).map(plain)],
    unfit: unfit.filter(({ silent }) => !silent).map(plain),
  };
}

/** What the cloud shows of a field: nothing and not set are the same where a manifest may say nothing. */
function shownOf({ live }: LiveObject, field: Field): Value | undefined {
  const value = live.spec[field.name];
  return isSilent(field) && isUnset(value) ? undefined : value;
}

function plain({ field, message }: Dropped): Dropped {
  return { field, message };
}

/** What goes along with one change says nothing of the object; and what a read shows, it shows where it is set. */
function isHidden({ read }: Kind, { traits }: Field): boolean {
  const isUnseen = traits.writeOnly === true || (traits.describedOnly === true && read === undefined);
  return isUnseen && traits.carried !== true;
}

/** True for a field of which a manifest says nothing by leaving it out. */
export function isSilent({ schema, optional }: Field): boolean {
  return optional && schema.parse(undefined) === undefined;
}

function isDefault({ schema, optional }: Field, value: Value | undefined): boolean {
  return optional && sameValue(schema.parse(undefined) as Value | undefined, value);
}

function fitted(context: ReferenceContext, object: LiveObject, field: Field, shown: Value): Fit {
  const { name, reference, traits } = field;
  if (reference !== undefined) {
    const write = (id: Value): Value => writtenReference(context, object, { field: name, kind: reference }, String(id));
    return { value: Array.isArray(shown) ? inWrittenOrder(field, shown.map(write)) : write(shown) };
  }
  const own = inWrittenOrder(field, withoutFilledIn(shown, traits.filledIn ?? []));
  const first = parsed(field, own);
  if (first.issues.length === 0) return first;
  // Only where nothing but declared leaves is compared may a part be left out.
  const parts = traits.subset === true && first.issues.every(({ path }) => path.length > 0) ? first.issues : [];
  const second =
    parts.length === 0
      ? first
      : parsed(
          field,
          parts.reduce((rest, { path }) => without(rest, path), own),
        );
  if (second.issues.length > 0) {
    return { unfit: { field: name, message: first.issues.map(({ message }) => message).join(", ") } };
  }
  return { ...second, dropped: parts.map(({ path, message }) => ({ field: [name, ...path].join("."), message })) };
}

type Issue = { readonly path: readonly string[]; readonly message: string };

type Parsed = { readonly value?: Value; readonly issues: readonly Issue[] };

function parsed({ schema }: Field, value: Value): Parsed {
  const { success, data, error } = schema.safeParse(value, { error: wording });
  if (success) return data === undefined ? { issues: [] } : { value: data as Value, issues: [] };
  const issues = error.issues.flatMap((issue) => {
    const { message } = issue;
    const path = issue.path.map(String);
    if (issue.code !== "unrecognized_keys") return [{ path, message }];
    return issue.keys.map((key) => ({ path: [...path, key], message: "is unknown" }));
  });
  return { issues };
}

/** A copy without the member at a path that a fault names; elements of lists stay. */
function without(value: Value, [step = "", ...path]: readonly string[]): Value {
  if (Array.isArray(value)) {
    return value.map((item: Value, index) => (String(index) === step && path.length > 0 ? without(item, path) : item));
  }
  const entries = Object.entries(value as Fields).flatMap(([key, item]): [string, Value][] => {
    if (key !== step) return [[key, item]];
    return path.length === 0 ? [] : [[key, without(item, path)]];
  });
  return Object.fromEntries(entries);
}
