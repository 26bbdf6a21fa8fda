import type { Fields } from "./fields.ts";
import { readJson, UnreadableInput } from "./read-json.ts";
import { type AccountStore, sections, tables } from "./sections.ts";
import { idOf, type RowOf, type Tables } from "./store.ts";

/** `{section: {table: [row, …]}}`; 64-bit ids are strings. What is printed is a seed that gives the same state again. */
export type State = { readonly [section: string]: { readonly [table: string]: readonly unknown[] } };

/** Everything that one account holds. Users that every account has are no rows and are not shown. */
export function printState(store: AccountStore): State {
  return Object.fromEntries(
    Object.entries(sections).map(([section, inner]) => [
      section,
      Object.fromEntries(tableNames(inner).map((name) => [name, store.rows(name)])),
    ]),
  );
}

/**
 * Fills an empty store from a seed.
 * @returns the highest 64-bit id in it, 0 when there is none.
 * @throws UnreadableInput naming every mistake: unknown sections, tables and fields, missing fields, ids given twice.
 */
export function plantSeed(store: AccountStore, seed: unknown): bigint {
  const given: Readonly<Record<string, unknown>> = readJson(SEED, seed, "seed");
  const twice: string[] = [];
  let highest = 0n;
  for (const { section, name, row } of rowsOf(given)) {
    const id = idOf(tables, name, row);
    if (store.find(name, id)) twice.push(`seed.${section}.${name}: has two rows with the id ${id}`);
    store.put(name, row);
    if (isLong(name) && BigInt(id) > highest) highest = BigInt(id);
  }
  if (twice.length > 0) throw new UnreadableInput(twice.join("\n"));
  store.forgetPast();
  return highest;
}

type Planted = { readonly section: string; readonly name: TableName; readonly row: RowOf<typeof tables, TableName> };

/** The rows of a seed that was read by its fields, so that each is a row of its table. */
function rowsOf(given: Readonly<Record<string, unknown>>): Planted[] {
  return Object.entries(sections).flatMap(([section, inner]) => {
    const lists = (given[section] ?? {}) as { readonly [K in TableName]?: readonly RowOf<typeof tables, K>[] };
    return tableNames(inner).flatMap((name) => (lists[name] ?? []).map((row) => ({ section, name, row })));
  });
}

type TableName = keyof typeof tables;

function tableNames(inner: Tables): TableName[] {
  return Object.keys(inner).filter((name): name is TableName => Object.hasOwn(tables, name));
}

function isLong(name: TableName): boolean {
  const fields: Fields = tables[name].fields;
  return fields[tables[name].id]?.type === "Long";
}

const SEED: Fields = Object.fromEntries(
  Object.entries(sections).map(([section, inner]) => [section, { type: "Struct", fields: listsOf(inner) }] as const),
);

function listsOf(inner: Tables): Fields {
  return Object.fromEntries(
    Object.entries(inner).map(
      ([name, { fields }]) => [name, { type: "List", of: { type: "Struct", fields } }] as const,
    ),
  );
}
