import type { Address } from "../core/address.ts";
import { failure } from "../core/errors.ts";
import { fieldsOf } from "../core/fields.ts";
import type { Kind } from "../core/kind.ts";
import type { Fields, Value } from "../core/values.ts";
import { manifestOf } from "./manifest-document.ts";

/** Where a value stands: `target` is the kind that may be referred to there, `any` inside a reference that is written out. */
type Spot = { readonly owner: Address; readonly field: string; readonly target: string | undefined };

/**
 * A spec of constructs as YAML can hold it: constructs give way to their names, what is undefined is left out. `E_REFERENCE`
 * for a construct of the wrong kind or where none is taken, `E_FIELD` for what is no plain value.
 */
export function plainSpec(kind: Kind, owner: Address, spec: object): Fields {
  const targets = new Map(fieldsOf(kind).map(({ name, reference }) => [name, reference]));
  return plainRecord(spec, (field) => ({ owner, field, target: targets.get(field) }));
}

function plainRecord(record: object, spotOf: (name: string) => Spot): Fields {
  const entries = Object.entries(record).flatMap(([name, value]: [string, unknown]): [string, Value][] =>
    value === undefined ? [] : [[name, plain(value, spotOf(name))]],
  );
  return Object.fromEntries(entries);
}

function plain(value: unknown, spot: Spot): Value {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map((one: unknown) => plain(one, spot));
  if (typeof value !== "object") throw wrong(spot, typeof value);
  const manifest = manifestOf(value);
  if (manifest !== undefined) return referred(manifest, spot);
  if (!isRecord(value)) throw wrong(spot, `a ${value.constructor.name}`);
  const inside = { ...spot, target: spot.target === undefined ? undefined : "any" };
  return plainRecord(value, () => inside);
}

function isRecord(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function referred(
  { kind, metadata }: NonNullable<ReturnType<typeof manifestOf>>,
  { owner, field, target }: Spot,
): string {
  if (target === "any" || target === kind) return metadata.name;
  const wanted = target === undefined ? "is no reference" : `refers to a construct of ${target}`;
  throw failure("E_REFERENCE", `${wanted}; got ${kind}/${metadata.name}`, { address: owner, field });
}

function wrong({ owner, field }: Spot, found: string): Error {
  return failure("E_FIELD", `must be what YAML can hold; got ${found}`, { address: owner, field });
}
