import { huaweicloudTables } from "./huaweicloud/tables.ts";
import { historyTables } from "./retailcloud/order-table.ts";
import { retailcloudTables } from "./retailcloud/tables.ts";
import type { Store, View } from "./store.ts";

/** The sections of a state, each with its tables. A table's name is unique over all of them. */
export const sections = {
  retailcloud: retailcloudTables,
  huaweicloud: huaweicloudTables,
  history: historyTables,
} as const;

/** Every table of every section. */
export const tables = { ...retailcloudTables, ...huaweicloudTables, ...historyTables } as const;

export type AccountStore = Store<typeof tables>;
export type AccountView = View<typeof tables>;
