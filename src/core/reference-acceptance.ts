import type { Address } from "./address.ts";
import type { ReferenceField } from "./compare-reference.ts";
import type { Reference } from "./reference.ts";
import type { Survey } from "./survey-state.ts";
import type { Value } from "./values.ts";

/** A reference field that the cloud has moved: `wanted` holds references, `live` ids. */
export type ReferenceAcceptanceInput = {
  readonly survey: Pick<Survey, "resolve">;
  readonly field: ReferenceField;
  readonly provider: string;
  readonly wanted: Value | undefined;
  readonly live: Value | undefined;
  /** What manifests declare: only that can be referred to by name. */
  readonly declared: ReadonlySet<Address>;
};

/**
 * The references that git has to hold for a field to lead where the cloud has it: those that do already as they are, in their
 * order, then the others by the name of their manifest, or by id where no manifest declares them. Pure.
 */
export function referenceAcceptance(input: ReferenceAcceptanceInput): Value | undefined {
  const { field, wanted, live } = input;
  if (!field.list) return live === undefined ? undefined : referenceTo(input, live);
  const ids = listOf(live).map(String);
  const kept = listOf(wanted).filter((one) => ids.includes(idOf(input, one)));
  const known = kept.map((one) => idOf(input, one));
  return [...kept, ...ids.filter((id) => !known.includes(id)).map((id) => referenceTo(input, id))];
}

function referenceTo({ survey, field, provider, declared }: ReferenceAcceptanceInput, id: Value): Reference {
  const target = survey.resolve(field.reference, provider, id);
  const owner = "owner" in target ? target.owner : undefined;
  return owner !== undefined && declared.has(owner) ? { to: owner } : { id: String(id), parents: {} };
}

function idOf({ survey, field, provider }: ReferenceAcceptanceInput, reference: Value): string {
  const target = survey.resolve(field.reference, provider, reference);
  return target.state === "known" ? target.id : "";
}

function listOf(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? value : [];
}
