import type { Address } from "./address.ts";
import { duplicateAddresses, duplicateClaims } from "./check-duplicates.ts";
import { checkEdges, checkScope, completeReferences } from "./check-references.ts";
import { type Documents, withKind } from "./check-scope.ts";
import { findCycles } from "./cycles.ts";
import { declaredNeeds } from "./dependency-graph.ts";
import type { Desired } from "./desired.ts";
import { type Diagnostic, fault } from "./errors.ts";
import { fieldsOf, referencesOf } from "./fields.ts";
import type { Kind, Kinds } from "./kind.ts";
import { placeOf, placeText } from "./place-of.ts";
import { addressIn } from "./reference.ts";
import { canonicalText, type Fields, type Value } from "./values.ts";

/** What a check of all documents yields: the documents with complete references, and every fault between them. */
export type Checked = { readonly desired: readonly Desired[]; readonly faults: readonly Diagnostic[] };

/**
 * Checks documents against each other: duplicate addresses, identities and unique keys; dangling references and edges;
 * references through another provider; parents that a scope needs; cycles; the constraints of kinds. References inside
 * `{ id, … }` and `{ lookup }` come back in canonical form. Documents of unknown kinds are left out. Those among
 * `incomplete` have faults of their own and perhaps not all of their fields: their references are checked, what refers
 * to them is not dangling, and they do not come back. Pure.
 */
export function checkDesired(
  desired: readonly Desired[],
  kinds: Kinds,
  incomplete: ReadonlySet<Desired> = new Set(),
): Checked {
  const faults = duplicateAddresses(desired);
  const broken = new Set([...incomplete].map((one) => one.address));
  const whole = desired.filter((one) => !incomplete.has(one));
  const before: Documents = { kinds, broken, wanted: byAddress(whole) };
  for (const one of incomplete) {
    faults.push(...checkEdges(before, one));
    withKind(before, one, (kind) => [completeReferences(before, one, kind, faults)]);
  }
  const complete = whole.flatMap((one) =>
    withKind(before, one, (kind) => [completeReferences(before, one, kind, faults)]),
  );
  const documents: Documents = { kinds, broken, wanted: byAddress(complete) };
  for (const one of complete) {
    faults.push(
      ...checkEdges(documents, one),
      ...withKind(documents, one, (kind) => checkScope(documents, one, kind)),
      ...withKind(documents, one, (kind) => checkConstraints(documents, one, kind)),
    );
  }
  faults.push(...duplicateClaims(documents), ...checkCycles(documents));
  return { desired: complete, faults };
}

/** The first document of every address. */
function byAddress(desired: readonly Desired[]): ReadonlyMap<Address, Desired> {
  const found = new Map<Address, Desired>();
  for (const one of desired) if (!found.has(one.address)) found.set(one.address, one);
  return found;
}

function checkConstraints({ wanted }: Documents, desired: Desired, kind: Kind): Diagnostic[] {
  const { spec, address } = desired;
  const target = (field: string) => {
    const reference = referencesOf(kind, spec).find((one) => one.field === field)?.reference;
    return reference !== undefined && "to" in reference ? wanted.get(reference.to)?.spec : undefined;
  };
  const violations = [...(kind.constraints?.(spec, target) ?? []), ...twins(kind, spec)];
  return violations.map(({ field, message }) =>
    fault("E_FIELD", message, { place: placeOf(desired, field), address, field }),
  );
}

/** What a set names twice the cloud keeps once, and nothing would ever be as declared. */
function twins(kind: Kind, spec: Fields): readonly { readonly field: string; readonly message: string }[] {
  return fieldsOf(kind).flatMap(({ name, traits }) => {
    const value = spec[name];
    if (traits.unordered?.length !== 0 || !Array.isArray(value)) return [];
    const texts = value.map((one: Value) => addressIn(one) ?? canonicalText(one));
    const twice = [...new Set(texts.filter((text, index) => texts.indexOf(text) !== index))];
    return twice.map((text) => ({ field: name, message: `names ${text} twice; take one of them out` }));
  });
}

function checkCycles(documents: Documents): Diagnostic[] {
  const { wanted } = documents;
  const cycles = findCycles(wanted.values(), (one) => {
    const targets = declaredNeeds(documents, one).map(({ to }) => wanted.get(to));
    return targets.filter((target) => target !== undefined);
  });
  return cycles.flatMap((cycle) =>
    cycle.slice(0, 1).map((first) => {
      if (cycle.length === 1) {
        const message = "it depends on itself; remove the reference";
        return fault("E_CYCLE", message, { place: first.source, address: first.address });
      }
      const path = [...cycle, first].map(({ address, source }) => `${address} (${placeText(source)})`).join(" → ");
      const message = `these depend on each other: ${path}; remove one of the references`;
      return fault("E_CYCLE", message, { place: first.source, address: first.address });
    }),
  );
}
