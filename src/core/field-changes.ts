import type { FieldChange } from "./change.ts";
import { compareField, shownValues, veil } from "./compare.ts";
import { compareReference, isReferenceField, referenceLabels } from "./compare-reference.ts";
import type { PlanContext } from "./draft.ts";
import { classOf } from "./field-class.ts";
import { fieldsOf } from "./fields.ts";
import type { Live } from "./kind.ts";
import type { Entry } from "./ledger.ts";
import type { Bound } from "./obstacles.ts";
import type { Fields } from "./values.ts";

/** Every difference of an existing object. */
export function differencesOf(
  context: PlanContext,
  binding: Bound,
  object: Live,
  entry: Entry | undefined,
): readonly FieldChange[] {
  const { desired, kind, provider } = binding;
  const ignored = new Set(desired.lifecycle.ignoreChanges);
  const revised = revisedSpec(context, binding);
  return fieldsOf(kind)
    .filter((field) => !ignored.has(field.name))
    .flatMap((field) => {
      const sides = {
        field,
        wanted: desired.spec[field.name],
        live: object.spec[field.name],
        base: entry?.spec[field.name],
        owned: entry !== undefined,
        made: entry?.origin === "created",
        ...(revised === undefined ? {} : { revision: { value: revised[field.name] } }),
      };
      if (isReferenceField(field)) return compareReference({ ...sides, field, survey: context.survey, provider });
      return compareField({ ...sides, salt: context.ledger.lineage });
    });
}

/** Every declared field of an object to be made; `entry` owned one that is gone from the cloud. */
export function creationFields(context: PlanContext, binding: Bound, entry: Entry | undefined): readonly FieldChange[] {
  const { desired, kind, provider } = binding;
  const before = revisedSpec(context, binding) ?? entry?.spec;
  return fieldsOf(kind).flatMap((field): FieldChange[] => {
    const { name, traits } = field;
    const value = desired.spec[name];
    if (value === undefined) return [];
    const sides = { field, wanted: value, base: before?.[name], live: undefined };
    const common = { field: name, path: name, class: classOf(sides, ""), disruption: "none" as const };
    if (traits.secret === true) return [{ ...common, secret: true }];
    const after = isReferenceField(field)
      ? referenceLabels(context.survey, field.reference, provider, value)
      : veil(field, value);
    return [{ ...common, ...(traits.yaml === true ? { yaml: true as const } : {}), ...shownValues(undefined, after) }];
  });
}

/** What the other revision of the manifests says of a resource, also under the address that it moves from; empty where nothing. */
function revisedSpec({ base, moves }: PlanContext, { address }: Bound): Fields | undefined {
  if (base === undefined) return undefined;
  return base.specs.get(address) ?? base.specs.get(moves.get(address)?.address ?? address) ?? {};
}
