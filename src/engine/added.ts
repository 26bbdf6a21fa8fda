import type { Change } from "../core/change.ts";
import { compareField } from "../core/compare.ts";
import { fieldsOf } from "../core/fields.ts";
import { isNewerThan } from "../core/history.ts";
import type { Kind, Live } from "../core/kind.ts";
import type { Run } from "./run.ts";
import type { Wanted } from "./wanted.ts";

type Sought = { readonly change: Change; readonly kind: Kind; readonly wanted: Wanted };

/** True where a history's newest entry came after the plan was made, and is what the call was to add. */
export function isAdded(
  { salt }: Pick<Run, "salt">,
  { change, kind, wanted }: Sought,
  { id, spec, facts = {} }: Live,
): boolean {
  if (!isNewerThan(change.mark ?? "", kind, { id, spec, facts })) return false;
  return fieldsOf(kind).every((field) => {
    const { name, traits } = field;
    const sides = { field, wanted: wanted.spec[name], live: spec[name], base: undefined, owned: true, salt };
    return traits.writeOnly === true || compareField(sides).length === 0;
  });
}
