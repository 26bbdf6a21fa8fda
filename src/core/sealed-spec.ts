import { conceal } from "./conceal.ts";
import { type Field, fieldOf } from "./fields.ts";
import type { Kind } from "./kind.ts";
import { masked, maskText, namesSecret } from "./mask.ts";
import { isSealed, sealedValue } from "./sealed-value.ts";
import { byText, type Fields, inKeyOrder, isFields, sameValue, type Value } from "./values.ts";

/** What stands for a secret. */
export type Sealing = (secret: Value) => Value;

/**
 * A spec in which everything gives way to its seal that its schema calls secret or that looks secret, and nothing else: what is left
 * may be digested quickly. Keys stand in order, and the sealing gets the secrets in that order. A text of which a part looks
 * secret is sealed as a whole. Without a kind all of it counts as free. Pure, as far as the sealing is.
 */
export function sealedSpec(kind: Kind | undefined, spec: Fields, sealing: Sealing): Fields {
  const ordered = Object.entries(spec).sort(([left], [right]) => byText(left, right));
  const entries = ordered.map(([name, value]): [string, Value] => {
    const field = kind === undefined ? undefined : fieldOf(kind, name);
    const inOrder = inKeyOrder(value);
    return [name, isKept(field, value) ? inOrder : sealedWhereHidden(inOrder, shownOf(field, name, inOrder), sealing)];
  });
  return Object.fromEntries(entries);
}

/**
 * A spec with its places for secrets empty, and one seal of all that belongs there, where there is any. One costs no more for many
 * secrets than for one, and equal ones of two specs are sealed once where the sealing remembers.
 */
export function sealedTogether(
  kind: Kind | undefined,
  spec: Fields,
  sealing: Sealing,
): { readonly spec: Fields; readonly secrets?: Value } {
  const secrets: Value[] = [];
  const shown = sealedSpec(kind, spec, (secret) => {
    secrets.push(secret);
    return sealedValue("");
  });
  return secrets.length === 0 ? { spec: shown } : { spec: shown, secrets: sealing(secrets) };
}

/** What the ledger holds of a write-only secret is sealed already. */
function isKept(field: Field | undefined, value: Value): boolean {
  return field?.traits.secret === true && field.traits.writeOnly === true && isSealed(value);
}

function shownOf(field: Field | undefined, name: string, value: Value): Value {
  if (field !== undefined) return masked(conceal(field.schema, value, maskText));
  return namesSecret(name) ? maskText : masked(value);
}

/** The value, with what its masked copy hides, or lacks, sealed. */
function sealedWhereHidden(value: Value, shown: Value | undefined, sealing: Sealing): Value {
  if (sameValue(value, shown)) return value;
  if (Array.isArray(value) && Array.isArray(shown) && value.length === shown.length) {
    return value.map((item: Value, index) => sealedWhereHidden(item, shown[index], sealing));
  }
  if (isFields(value) && isFields(shown)) {
    const entries = Object.entries(value).map(([key, item]) => [key, sealedWhereHidden(item, shown[key], sealing)]);
    return Object.fromEntries(entries);
  }
  return sealing(value);
}
