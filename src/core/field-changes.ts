import type { FieldChange } from "./change.ts";
import { compareField, shownValues, veil } from "./compare.ts";
import { compareReference, isReferenceField, referenceLabels } from "./compare-reference.ts";
import type { PlanContext } from "./draft.ts";
import { fieldsOf } from "./fields.ts";
import type { Live } from "./kind.ts";
import type { Entry } from "./ledger.ts";
import type { Bound } from "./obstacles.ts";

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
        owned: entry !== undefined,
      };
      if (isReferenceField(field)) return compareReference({ ...sides, field, survey: context.survey, provider });
      return compareField({ ...sides, salt: context.ledger.lineage });
    });
}

/** Every declared field of an object to be made. */
export function creationFields({ survey }: PlanContext, { desired, kind, provider }: Bound): readonly FieldChange[] {
  return fieldsOf(kind).flatMap((field): FieldChange[] => {
    const { name, traits } = field;
    const value = desired.spec[name];
    if (value === undefined) return [];
    const common = { field: name, path: name, class: "intended" as const, disruption: "none" as const };
    if (traits.secret === true) return [{ ...common, secret: true }];
    const after = isReferenceField(field)
      ? referenceLabels(survey, field.reference, provider, value)
      : veil(field, value);
    return [{ ...common, ...(traits.yaml === true ? { yaml: true as const } : {}), ...shownValues(undefined, after) }];
  });
}
