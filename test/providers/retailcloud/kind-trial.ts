import type { RetailCloud } from "../../../providers/retailcloud/client.ts";
import { retailcloudKinds } from "../../../providers/retailcloud/provider.ts";
import { canonicalLive, compact } from "../../../src/core/canonical.ts";
import { compareField } from "../../../src/core/compare.ts";
import { alike } from "../../../src/core/diff.ts";
import { fieldsOf } from "../../../src/core/fields.ts";
import type { Kind, Live, Scope } from "../../../src/core/kind.ts";
import type { Fields, Value } from "../../../src/core/values.ts";

/** A kind of RetailCloud by its name. */
export function kindNamed(name: string): Kind {
  const found = retailcloudKinds.find(({ kind }) => kind === name);
  if (found === undefined) throw new Error(`no kind ${name}`);
  return found;
}

/** A spec as the engine hands it to a call: parsed by the kind's schema, references being ids. */
export function resolved(kind: Kind, input: Fields): Fields {
  const spec: Record<string, Value | undefined> = {};
  for (const { name, reference, schema } of fieldsOf(kind)) {
    const value = input[name];
    const parsed = reference === undefined ? schema.parse(value) : value;
    spec[name] = parsed === undefined ? undefined : JSON.parse(JSON.stringify(parsed));
  }
  return compact(spec);
}

/** One kind, played against a cloud in one scope as the engine would play it, without a planner. */
export function trial(api: RetailCloud, kind: Kind, scope: Scope) {
  const call = { scope, targets: () => [] };
  const list = async (): Promise<readonly Live[]> =>
    (await kind.list(api, scope)).map((live) => canonicalLive(kind, live));
  const find = async (id: string): Promise<Live | undefined> => (await list()).find((live) => live.id === id);
  return {
    list,
    /** What list and read show together. */
    see: async (id: string): Promise<Fields> => {
      const row = await find(id);
      const read = await kind.read?.(api, { id, scope, spec: row?.spec ?? {} });
      return { ...row?.spec, ...(read === undefined ? {} : canonicalLive(kind, read).spec) };
    },
    read: async (id: string): Promise<Live | undefined> => kind.read?.(api, { id, scope, spec: {} }),
    create: async (input: Fields): Promise<string> => {
      const creation = { ...call, spec: resolved(kind, input) };
      const { id } = await kind.create(api, creation);
      await kind.complete?.(api, { ...creation, id });
      return id;
    },
    update: async (id: string, before: Fields, input: Fields, ...changed: readonly string[]): Promise<void> => {
      await kind.update?.(api, { ...call, id, before, applied: before, spec: resolved(kind, input), changed });
    },
    remove: async (id: string, force = false): Promise<void> => {
      await kind.remove?.(api, { id, spec: (await find(id))?.spec ?? {}, scope, force });
    },
  };
}

/** The fields that are not as wanted, as the planner sees them after an apply. */
export function fieldsThatDiffer(kind: Kind, live: Fields, input: Fields): readonly string[] {
  const wanted = resolved(kind, input);
  return fieldsOf(kind)
    .filter((field) => {
      const sides = { field, wanted: wanted[field.name], live: live[field.name], base: wanted[field.name] };
      if (field.reference === undefined) return compareField({ ...sides, owned: true, salt: "s" }).length > 0;
      return field.traits.writeOnly !== true && !alike(sides.live, sides.wanted, field.traits);
    })
    .map(({ name }) => name);
}
