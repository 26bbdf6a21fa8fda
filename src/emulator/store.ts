import type { Fields, InputOf } from "./fields.ts";

/** One table: the field that identifies a row, and the row's fields. */
type Table = {
  readonly id: string;
  readonly fields: Fields;
  /** Where rows change by themselves: what has become of one by `time` in milliseconds; undefined once it is gone. */
  lapse?(row: object, time: number): object | undefined;
};
export type Tables = { readonly [name: string]: Table };

/** A row of table `K`. Rows are never changed in place. */
export type RowOf<T extends Tables, K extends keyof T> = InputOf<T[K]["fields"]>;

/** Rows as they are, or as they were at some time; oldest first. */
export type View<T extends Tables> = { rows<K extends keyof T & string>(table: K): RowOf<T, K>[] };

/** What one account holds. */
export type Store<T extends Tables> = View<T> & {
  find<K extends keyof T & string>(table: K, id: string): RowOf<T, K> | undefined;
  /** Inserts a row, or replaces the one with its id, which keeps its place. */
  put<K extends keyof T & string>(table: K, row: RowOf<T, K>): void;
  drop<K extends keyof T & string>(table: K, id: string): void;
  /** The rows as they were at `time`, on the clock that the store was made with. */
  asOf(time: number): View<T>;
  /** From now on, what the store holds was always there. */
  forgetPast(): void;
};

type Entry = { readonly order: number; readonly row: object };
type Past = { readonly time: number; readonly table: string; readonly id: string; readonly before: Entry | undefined };

/** Makes an empty store. It remembers what each write replaced, so that `asOf` can show a list that lags behind. */
export function createStore<T extends Tables>(tables: T, now: () => number): Store<T> {
  const live = new Map<string, Map<string, Entry>>(Object.keys(tables).map((name) => [name, new Map()]));
  const past: Past[] = [];
  let order = 0;
  const entries = (table: string) => live.get(table) ?? new Map<string, Entry>();
  const note = (table: string, id: string) => {
    past.push({ time: now(), table, id, before: entries(table).get(id) });
  };
  return {
    rows: (table) => standing([...entries(table).values()], tables[table], now()) as RowOf<T, typeof table>[],
    find: (table, id) => {
      const entry = entries(table).get(id);
      return standing(entry ? [entry] : [], tables[table], now())[0] as RowOf<T, typeof table> | undefined;
    },
    put: (table, row) => {
      const id = idOf(tables, table, row);
      note(table, id);
      order += 1;
      entries(table).set(id, { order: entries(table).get(id)?.order ?? order, row: withoutAbsent(row) });
    },
    drop: (table, id) => {
      note(table, id);
      entries(table).delete(id);
    },
    asOf: (time) => ({
      rows: (table) => {
        const then = rewind(entries(table), past, table, time);
        return standing(then, tables[table], time) as RowOf<T, typeof table>[];
      },
    }),
    forgetPast: () => {
      past.length = 0;
    },
  };
}

/** The id of a row, as the store keys it. */
export function idOf(tables: Tables, table: string, row: object): string {
  return String(Reflect.get(row, tables[table]?.id ?? ""));
}

function rewind(current: ReadonlyMap<string, Entry>, past: readonly Past[], table: string, time: number): Entry[] {
  const then = new Map(current);
  for (let at = past.length - 1; at >= 0; at -= 1) {
    const write = past[at];
    if (!write || write.time <= time) break;
    if (write.table !== table) continue;
    if (write.before) then.set(write.id, write.before);
    else then.delete(write.id);
  }
  return [...then.values()].sort((a, b) => a.order - b.order);
}

/** What stands at `time` of rows that may change by themselves. */
function standing(entries: readonly Entry[], table: Table | undefined, time: number): object[] {
  const rows = entries.map(({ row }) => (table?.lapse ? table.lapse(row, time) : row));
  return rows.filter((row) => row !== undefined);
}

/** A field that is absent has no key, so that a state reads back equal to the seed it was made from. */
function withoutAbsent(row: object): object {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
}
