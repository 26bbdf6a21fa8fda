import { lastSegment } from "../../src/core/address.ts";
import { fieldsOf } from "../../src/core/fields.ts";
import type { Creation, Kind, Scope } from "../../src/core/kind.ts";
import type { Entry } from "../../src/core/ledger.ts";
import { isReference } from "../../src/core/reference.ts";
import type { Fields, Value } from "../../src/core/values.ts";
import type { Manifest } from "./recipe.ts";

type Found = { readonly id: string; readonly scope: Scope };

/**
 * What a create call takes that makes what a manifest says, in what is owned already; undefined where it refers to what is not, and
 * where its kind has a say in who else may have what it claims.
 */
export function creationOf(
  kind: Kind,
  manifest: Manifest,
  owned: ReadonlyMap<string, Entry>,
): Creation<Record<string, Value>> | undefined {
  const declared = specOf(kind, manifest);
  if (declared === undefined || kind.history !== undefined) return undefined;
  const found = new Map<string, readonly (Found | undefined)[]>();
  for (const { name, reference } of fieldsOf(kind)) {
    const value = declared[name];
    if (reference === undefined || value === undefined) continue;
    found.set(
      name,
      [value].flat().map((one: Value) => findTarget(one, owned)),
    );
  }
  if ([...found.values()].flat().includes(undefined)) return undefined;
  const spec = withIds(kind, declared, found);
  const scope = Object.fromEntries(kind.scope.map((path) => [path, valueAt(path, spec, found)]));
  if (Object.values(scope).includes("") || claimsWidely(kind, spec)) return undefined;
  return { spec, scope, targets: () => [] };
}

function specOf({ naming, spec }: Kind, { metadata, spec: written }: Manifest): Fields | undefined {
  const named = naming === undefined ? {} : { [naming]: lastSegment(metadata.name) };
  const parsed = spec.safeParse({ ...named, ...written });
  return parsed.success ? (parsed.data as Fields) : undefined;
}

function findTarget(value: Value, owned: ReadonlyMap<string, Entry>): Found | undefined {
  if (!isReference(value)) return undefined;
  if ("id" in value) return { id: value.id, scope: {} };
  const entry = "to" in value ? owned.get(value.to) : undefined;
  return entry && { id: entry.id, scope: { ...textsIn(entry.spec), ...entry.scope } };
}

/** Fields that a scope may end in, such as `dbInstanceId`. */
function textsIn(spec: Fields): Scope {
  return Object.fromEntries(
    Object.entries(spec).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

type Targets = ReadonlyMap<string, readonly (Found | undefined)[]>;

function withIds(kind: Kind, spec: Fields, found: Targets): Record<string, Value> {
  const ids = fieldsOf(kind).flatMap(({ name, list }): [string, Value][] => {
    const all = found.get(name)?.map((one) => one?.id ?? "");
    return all === undefined ? [] : [[name, list ? all : (all[0] ?? "")]];
  });
  return { ...spec, ...Object.fromEntries(ids) };
}

/** The value of a scope path; nothing where it cannot be told. */
function valueAt(path: string, spec: Fields, found: Targets): string {
  const [head = "", ...rest] = path.split(".");
  if (rest.length === 0) return String(spec[head] ?? "");
  return found.get(head)?.[0]?.scope[rest.join(".")] ?? "";
}

function claimsWidely({ unique = [] }: Kind, spec: Fields): boolean {
  return unique.some(({ key, scoped }) => scoped !== true && key(spec, "Any/thing") !== undefined);
}
