import type { Samples } from "./kind-sample.ts";

/** Databases, their accounts, and what these may do. */
export const rdsSamples: Samples = {
  Database: {
    plain: { spec: () => ({ dbName: "orders", dbInstanceId: "rm-1", characterSetName: "utf8mb4" }) },
    full: {
      spec: () => ({
        dbName: "orders_2-b",
        dbInstanceId: "rm-1",
        characterSetName: "sql_latin1_general_cs_as",
        dbDescription: "订单_orders-2",
      }),
    },
  },
  RdsAccount: {
    plain: {
      spec: () => ({ accountName: "shop", dbInstanceId: "rm-1", accountPassword: "Pa+ss w0rd*'()~!" }),
      changes: { accountPassword: "an0ther-Password" },
    },
    full: {
      spec: () => ({
        accountName: "admin",
        dbInstanceId: "rm-1",
        accountPassword: "Pa+ss w0rd*'()~!",
        accountType: "Super",
      }),
    },
  },
  DbGrant: {
    plain: {
      parents: [
        { parent: "Database", sample: "plain" },
        { parent: "RdsAccount", sample: "plain" },
      ],
      spec: (ids) => ({
        database: ids["Database/plain"] ?? "",
        account: ids["RdsAccount/plain"] ?? "",
        accountPrivilege: "ReadWrite",
      }),
      changes: { accountPrivilege: "ReadOnly" },
    },
  },
};
