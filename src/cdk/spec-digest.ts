import type { Address } from "../core/address.ts";
import { conceal } from "../core/conceal.ts";
import type { Desired } from "../core/desired.ts";
import { fieldsOf } from "../core/fields.ts";
import type { Kinds } from "../core/kind.ts";
import { masked, maskText } from "../core/mask.ts";
import { digest, targetsOf, triggersOf } from "../core/trigger.ts";
import { type Fields, isFields, sameValue, type Value } from "../core/values.ts";

/** What stands for a secret: a digest that nobody can try values against quickly. */
export type Sealing = (secret: Value) => Value;

/**
 * Digests of everything that an apply of a resource depends on and its manifest says, by address: another digest means that
 * there is something to apply. Secrets go in sealed, so that a digest in a Terraform state betrays none of them.
 */
export function specDigests(desired: readonly Desired[], kinds: Kinds, sealing: Sealing): ReadonlyMap<Address, string> {
  const sealed = desired.map((one): Desired => ({ ...one, spec: sealedSpec(one, kinds, sealing) }));
  const wanted = new Map(sealed.map((one) => [one.address, one]));
  return new Map(sealed.map((one) => [one.address, digestOf(one, wanted, kinds)]));
}

function digestOf(desired: Desired, wanted: ReadonlyMap<Address, Desired>, kinds: Kinds): string {
  const { spec, provider, lifecycle, dependsOn } = desired;
  const triggers = triggersOf(kinds, targetsOf(kinds, wanted, desired));
  return digest({
    spec,
    provider,
    lifecycle: { ...lifecycle },
    dependsOn: [...dependsOn].sort(),
    ...(Object.keys(triggers).length === 0 ? {} : { triggers }),
  });
}

function sealedSpec({ kind: name, spec }: Desired, kinds: Kinds, sealing: Sealing): Fields {
  const kind = kinds.get(name);
  const schemas = new Map(kind === undefined ? [] : fieldsOf(kind).map((field) => [field.name, field.schema]));
  const entries = Object.entries(spec).map(([field, value]): [string, Value] => {
    const schema = schemas.get(field);
    const shown = masked(schema === undefined ? value : conceal(schema, value, maskText));
    return [field, sealedWhereHidden(value, shown, sealing)];
  });
  return Object.fromEntries(entries);
}

/** The value, with what its masked copy hides sealed. */
function sealedWhereHidden(value: Value, shown: Value, sealing: Sealing): Value {
  if (sameValue(value, shown)) return value;
  if (Array.isArray(value) && Array.isArray(shown) && value.length === shown.length) {
    return value.map((item: Value, index) => sealedWhereHidden(item, shown[index] ?? null, sealing));
  }
  if (isFields(value) && isFields(shown)) {
    const entries = Object.entries(value).map(([key, item]) => [
      key,
      Object.hasOwn(shown, key) ? sealedWhereHidden(item, shown[key] ?? null, sealing) : sealing(item),
    ]);
    return Object.fromEntries(entries);
  }
  return sealing(value);
}
