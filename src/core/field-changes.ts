import type { FieldChange } from "./change.ts";
import { compareField, costOf, veil } from "./compare.ts";
import { compareReference, referenceLabel } from "./compare-reference.ts";
import type { PlanContext } from "./draft.ts";
import { type Field, fieldsOf } from "./fields.ts";
import type { Live } from "./kind.ts";
import type { Entry } from "./ledger.ts";
import type { Bound } from "./obstacles.ts";
import type { Value } from "./values.ts";

/** Every difference of an existing object. */
export function differencesOf(
  context: PlanContext,
  binding: Bound,
  object: Live,
  entry: Entry | undefined,
): readonly FieldChange[] {
  const { desired, kind, provider } = binding;
  const ignored = new Set(desired.lifecycle.ignoreChanges);
  return fieldsOf(kind)
    .filter((field) => !ignored.has(field.name))
    .flatMap((field) => {
      const sides = {
        field,
        wanted: desired.spec[field.name],
        live: object.spec[field.name],
        base: entry?.spec[field.name],
      };
      if (isReferenceField(field)) return compareReference({ ...sides, field, survey: context.survey, provider });
      return compareField({ ...sides, owned: entry !== undefined, salt: context.ledger.lineage });
    });
}

function isReferenceField(field: Field): field is Field & { readonly reference: string } {
  return field.reference !== undefined;
}

/** Every declared field of an object to be made. */
export function creationFields(context: PlanContext, { desired, kind, provider }: Bound): readonly FieldChange[] {
  return fieldsOf(kind).flatMap((field): FieldChange[] => {
    const value = desired.spec[field.name];
    if (value === undefined) return [];
    const common = {
      field: field.name,
      path: field.name,
      class: "intended" as const,
      disruption: costOf(field, value).disruption,
    };
    if (isReferenceField(field))
      return [{ ...common, disruption: "none", after: referenceNames(context, field, provider, value) }];
    if (field.traits.secret === true) return [{ ...common, disruption: "none", secret: true }];
    const shown = veil(field, value);
    const yaml = field.traits.yaml === true ? { yaml: true as const } : {};
    return [{ ...common, disruption: "none", ...yaml, ...(shown === undefined ? {} : { after: shown }) }];
  });
}

function referenceNames(
  context: PlanContext,
  field: { readonly reference: string },
  provider: string,
  value: Value,
): Value {
  const label = (one: Value): Value => referenceLabel(context.survey, field.reference, provider, one);
  return Array.isArray(value) ? value.map(label) : label(value);
}
