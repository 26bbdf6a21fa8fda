import type { Kinds } from "../core/kind.ts";
import type { Entry } from "../core/ledger.ts";
import type { Reference } from "../core/reference.ts";
import type { Fields } from "../core/values.ts";
import { valueText } from "./value-text.ts";
import { type Display, visibleSpec } from "./visible-spec.ts";

/** The spec of an entry as it may be shown: references as addresses or ids; `secret` stands for secrets and their digests. */
export function shownSpec(
  { kind, spec }: Pick<Entry, "kind" | "spec">,
  kinds: Kinds,
  secret: Display["secret"],
): Fields {
  return visibleSpec(kinds.get(kind), spec, { referenceText: (_kind, reference) => referenceName(reference), secret })
    .value;
}

function referenceName(reference: Reference): string {
  if ("to" in reference) return reference.to;
  return "id" in reference ? `id ${reference.id}` : `lookup ${valueText(reference.lookup)}`;
}
