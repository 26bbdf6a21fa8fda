import { splitAddress } from "./address.ts";
import type { FieldChange, FieldClass } from "./change.ts";
import { costOf, isHidden, isUnknowable, isUnset, type Knowledge, shownValues } from "./compare.ts";
import { alike } from "./diff.ts";
import { commonBase, type Revision } from "./field-class.ts";
import type { Field } from "./fields.ts";
import type { Survey } from "./survey-state.ts";
import type { Value } from "./values.ts";

/** A field that refers to another kind. */
export type ReferenceField = Field & { readonly reference: string };

/** True for a field that refers to another kind. */
export function isReferenceField(field: Field): field is ReferenceField {
  return field.reference !== undefined;
}

/** One reference field of one resource: `wanted` and `base` hold references, `live` holds ids. */
export type ReferenceInput = Knowledge & {
  readonly survey: Survey;
  readonly field: ReferenceField;
  readonly provider: string;
  readonly wanted: Value | undefined;
  readonly live: Value | undefined;
  readonly base: Value | undefined;
  /** What another revision of the manifests says of the field; where there is one, it tells the class, not `base`. */
  readonly revision?: Revision;
};

/** The difference of a reference field, compared by what it leads to and shown by name. */
export function compareReference(input: ReferenceInput): readonly FieldChange[] {
  const { field, wanted, base } = input;
  const hidden = isHidden(input);
  if (hidden && isUnknowable(input)) return [];
  const live = hidden ? idsOf(input, base) : input.live;
  if (wanted === undefined || isUnset(wanted))
    return isUnset(base) || isUnset(live) ? [] : [change(input, hidden, false)];
  const ids = list(wanted).map((one) => idOf(input, one));
  const unknown = ids.some((id) => id === undefined);
  const same = alike(live, field.list ? ids.map((id) => id ?? null) : ids[0], field.traits);
  return unknown || !same ? [change(input, hidden, unknown)] : [];
}

/** The references of a field, one or a list, in the words of a manifest. */
export function referenceLabels(
  survey: Survey,
  kind: string,
  provider: string,
  value: Value | undefined,
): Value | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) return labelOf(survey, kind, provider, value);
  return value.map((one: Value) => labelOf(survey, kind, provider, one));
}

/** The name of a managed resource, else its id or lookup. */
function labelOf(survey: Survey, kind: string, provider: string, value: Value): Value {
  const target = survey.resolve(kind, provider, value);
  if ("owner" in target && target.owner !== undefined) return splitAddress(target.owner).name;
  return target.state === "known" ? target.id : value;
}

function change(input: ReferenceInput, hidden: boolean, unknown: boolean): FieldChange {
  const { field, wanted, base, live } = input;
  return {
    field: field.name,
    path: field.name,
    ...shownValues(labelsOf(input, hidden ? base : live), labelsOf(input, wanted)),
    ...(unknown ? { unknown: true as const } : {}),
    // What the cloud does not show cannot be said to have moved there.
    class: hidden || unknown ? "intended" : classOfReference(input),
    ...costOf(field, wanted),
  };
}

function classOfReference(input: ReferenceInput): FieldClass {
  const { field, wanted, live } = input;
  const base = commonBase(input);
  if (base === undefined) return wanted === undefined ? "drift" : "intended";
  const last = idsOf(input, base);
  if (alike(last, idsOf(input, wanted), field.traits)) return "drift";
  return alike(last, live, field.traits) ? "intended" : "conflict";
}

function labelsOf({ survey, field, provider }: ReferenceInput, value: Value | undefined): Value | undefined {
  return referenceLabels(survey, field.reference, provider, value);
}

function idsOf(input: ReferenceInput, value: Value | undefined): Value | undefined {
  if (value === undefined) return undefined;
  return Array.isArray(value) ? value.map((one: Value) => idOf(input, one) ?? null) : (idOf(input, value) ?? null);
}

function idOf({ survey, field, provider }: ReferenceInput, value: Value): string | undefined {
  const target = survey.resolve(field.reference, provider, value);
  return target.state === "known" ? target.id : undefined;
}

function list(value: Value): readonly Value[] {
  return Array.isArray(value) ? value : [value];
}
