import type { DriftField } from "../core/drift.ts";
import { type ShownField, shownField } from "./shown-field.ts";

/** What may be shown of a drifted field: before is what was applied last, after what the cloud shows. */
export function shownDrift({ field, path, applied, live, secret, yaml }: DriftField): ShownField {
  return shownField({
    field,
    path,
    ...(applied === undefined ? {} : { before: applied }),
    ...(live === undefined ? {} : { after: live }),
    ...(secret === undefined ? {} : { secret }),
    ...(yaml === undefined ? {} : { yaml }),
  });
}
