import { splitAddress } from "./address.ts";
import type { FieldChange } from "./change.ts";
import { costOf, isUnset, shownValues } from "./compare.ts";
import { alike } from "./diff.ts";
import type { Field } from "./fields.ts";
import type { Survey } from "./survey-state.ts";
import { sameValue, type Value } from "./values.ts";

/** A field that refers to another kind. */
export type ReferenceField = Field & { readonly reference: string };

/** True for a field that refers to another kind. */
export function isReferenceField(field: Field): field is ReferenceField {
  return field.reference !== undefined;
}

/** One reference field of one resource: `wanted` and `base` hold references, `live` holds ids. */
export type ReferenceInput = {
  readonly survey: Survey;
  readonly field: ReferenceField;
  readonly provider: string;
  readonly wanted: Value | undefined;
  readonly live: Value | undefined;
  readonly base: Value | undefined;
};

/** The difference of a reference field, compared by what it leads to and shown by name. */
export function compareReference(input: ReferenceInput): readonly FieldChange[] {
  const { field, wanted, live, base } = input;
  if (field.traits.writeOnly === true)
    return base === undefined || sameValue(base, wanted) ? [] : [change(input, base, false)];
  if (wanted === undefined || isUnset(wanted))
    return isUnset(base) || isUnset(live) ? [] : [change(input, live, false)];
  const ids = list(wanted).map((one) => idOf(input, one));
  const unknown = ids.some((id) => id === undefined);
  const same = alike(live, field.list ? ids.map((id) => id ?? null) : ids[0], field.traits);
  return unknown || !same ? [change(input, live, unknown)] : [];
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

function change(input: ReferenceInput, before: Value | undefined, unknown: boolean): FieldChange {
  const { field, wanted, base } = input;
  const drifted = base !== undefined && sameValue(base, wanted);
  // The cloud shows nothing of a write-only field: it cannot have moved there.
  const moved = base !== undefined && field.traits.writeOnly !== true && !sameValue(idsOf(input, base), before);
  return {
    field: field.name,
    path: field.name,
    ...shownValues(labelsOf(input, before), labelsOf(input, wanted)),
    ...(unknown ? { unknown: true as const } : {}),
    class: drifted && !unknown ? "drift" : moved && !unknown ? "conflict" : "intended",
    ...costOf(field, wanted),
  };
}

function labelsOf({ survey, field, provider }: ReferenceInput, value: Value | undefined): Value | undefined {
  return referenceLabels(survey, field.reference, provider, value);
}

function idsOf(input: ReferenceInput, value: Value): Value {
  return Array.isArray(value) ? value.map((one: Value) => idOf(input, one) ?? null) : (idOf(input, value) ?? null);
}

function idOf({ survey, field, provider }: ReferenceInput, value: Value): string | undefined {
  const target = survey.resolve(field.reference, provider, value);
  return target.state === "known" ? target.id : undefined;
}

function list(value: Value): readonly Value[] {
  return Array.isArray(value) ? value : [value];
}
