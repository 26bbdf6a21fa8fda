import { huaweicloudTables } from "./huaweicloud/tables.ts";
import { retailcloudTables } from "./retailcloud/tables.ts";
import type { Store, Tables, View } from "./store.ts";

/** What is past and therefore no configuration. No rollout is played yet, so a seed can only name orders, and none is made. */
const historyTables = {
  deployOrders: {
    id: "DeployOrderId",
    fields: { DeployOrderId: { type: "Long", required: true }, EnvId: { type: "Long", required: true } },
  },
} as const satisfies Tables;

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
