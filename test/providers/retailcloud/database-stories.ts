import { secrets } from "./life-seed.ts";
import { by, type Story } from "./life-story.ts";

const orders = { dbName: "orders", dbInstanceId: "rm-1", characterSetName: "utf8mb4" };
const shop = { accountName: "shop", dbInstanceId: "rm-1", accountPassword: "${env.FIRST}" };

/** Databases, their accounts, and what these may do. */
export const databaseStories: Readonly<Record<string, Story>> = {
  Database: {
    id: by("Id"),
    spec: { ...orders, dbDescription: "订单_orders-2" },
    fields: {
      characterSetName: { replace: "sql_latin1_general_cs_as" },
      dbDescription: { replace: "others", unset: "replaces" },
      dbName: { replace: "orders_2-b" },
      dbInstanceId: { replace: "rm-2" },
    },
  },
  RdsAccount: {
    id: by("Id"),
    spec: { ...shop, accountType: "Normal" },
    fields: {
      accountPassword: { update: "${env.SECOND}", kept: { AccountPassword: secrets.SECOND } },
      accountType: { replace: "Super", unset: "replaces" },
      accountName: { replace: "admin" },
      dbInstanceId: { replace: "rm-2" },
    },
  },
  DbGrant: {
    id: by("Id"),
    spec: { database: "orders", account: "shop", accountPrivilege: "ReadWrite" },
    besides: [
      ["Database", "orders", orders],
      ["Database", "others", { ...orders, dbName: "others" }],
      ["RdsAccount", "shop", shop],
      ["RdsAccount", "admin", { ...shop, accountName: "admin" }],
    ],
    fields: {
      accountPrivilege: { update: "ReadOnly" },
      database: { refuse: "others" },
      account: { refuse: "admin" },
    },
  },
};
