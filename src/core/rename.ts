import type { Address } from "./address.ts";
import { deposedAddress } from "./deposed.ts";
import type { Desired } from "./desired.ts";
import { fieldsOf } from "./fields.ts";
import type { Kinds } from "./kind.ts";
import type { Entry, LedgerState } from "./ledger.ts";
import { isReference } from "./reference.ts";
import { type Fields, isFields, type Value } from "./values.ts";

type Rename = (address: Address) => Address;

/**
 * The ledger in which some addresses have other names, wherever it names them: so a plan sees one name for one object.
 * `names` holds the new ones by the old.
 */
export function renameEntries(ledger: LedgerState, kinds: Kinds, names: ReadonlyMap<Address, Address>): LedgerState {
  if (names.size === 0) return ledger;
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

/** The ledger in which objects that their manifests want from another provider are owned under addresses of their own. */
export function partEntries(ledger: LedgerState, kinds: Kinds, desired: readonly Desired[]): LedgerState {
  const parted = desired.flatMap(({ address, provider }): [Address, Address][] => {
    const entry = ledger.entries[address];
    return entry === undefined || entry.provider === provider ? [] : [[address, deposedAddress(address, entry.id)]];
  });
  return renameEntries(ledger, kinds, new Map(parted));
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
