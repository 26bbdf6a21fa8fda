import type { Address } from "./address.ts";
import { fieldsOf } from "./fields.ts";
import type { Kinds } from "./kind.ts";
import type { Entry, LedgerState } from "./ledger.ts";
import { isReference } from "./reference.ts";
import { type Fields, isFields, type Value } from "./values.ts";

type Rename = (address: Address) => Address;

/**
 * The ledger in which what moves to other addresses stands there already, wherever it is named: so a plan sees one name for one
 * object. `moves` holds the entries of the old addresses by the new ones.
 */
export function renameEntries(ledger: LedgerState, kinds: Kinds, moves: ReadonlyMap<Address, Entry>): LedgerState {
  const names = new Map([...moves].map(([address, entry]) => [entry.address, address]));
  const rename: Rename = (address) => names.get(address) ?? address;
  const entries = Object.values(ledger.entries).map((entry): [Address, Entry] => {
    const { parents, dependencies, spec } = entry;
    const address = rename(entry.address);
    const references = new Set(referenceFields(kinds, entry));
    return [
      address,
      {
        ...entry,
        address,
        parents: mapFields(parents, rename),
        dependencies: dependencies.map(rename),
        spec: mapFields<Value>(spec, (value, name) => (references.has(name) ? renamed(value, rename) : value)),
      },
    ];
  });
  return { ...ledger, entries: Object.fromEntries(entries) };
}

function referenceFields(kinds: Kinds, entry: Entry): readonly string[] {
  const kind = kinds.get(entry.kind);
  const fields = kind === undefined ? [] : fieldsOf(kind);
  return fields.flatMap(({ name, reference }) => (reference === undefined ? [] : [name]));
}

/** A reference, or several, with the names in it replaced: also in the parents of an id. */
function renamed(value: Value, rename: Rename): Value {
  if (isReference(value) && "to" in value) return { to: rename(value.to) };
  if (Array.isArray(value)) return value.map((one: Value) => renamed(one, rename));
  return isFields(value) ? mapFields<Value>(value, (one) => renamed(one, rename)) : value;
}

function mapFields<T extends Value>(
  fields: Readonly<Record<string, T>>,
  change: (value: T, name: string) => T,
): Readonly<Record<string, T>>;
function mapFields(fields: Fields, change: (value: Value, name: string) => Value): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, change(value, name)]));
}
