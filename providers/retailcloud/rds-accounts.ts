import { recordOf, rowsOf } from "../../src/core/answer-fields.ts";
import type { Fields } from "../../src/core/values.ts";
import { defineAction, names } from "./action.ts";
import type { RetailCloud } from "./client.ts";
import { idOf, listIn } from "./decode.ts";

/** Shows accounts, and with each what it may do in which database. */
export const describeAccounts = defineAction({
  name: "DescribeRdsAccounts",
  method: "GET",
  mutating: false,
  query: names("AccountName DbInstanceId"),
  answers: [
    ...names("Accounts AccountName AccountType AccountStatus DBInstanceId"),
    ...names("DatabasePrivileges DBName AccountPrivilege"),
  ],
});

/** The rows of all accounts of an RDS instance. */
export async function accountRows(api: RetailCloud, instance: string): Promise<readonly Fields[]> {
  return listIn(recordOf(await api.call(describeAccounts, { DbInstanceId: instance }), "Result"), "Accounts");
}

/** The row of one account; undefined where the cloud says, or shows, that there is none. */
export async function accountRow(api: RetailCloud, instance: string, name: string): Promise<Fields | undefined> {
  const found = await api.find(describeAccounts, { DbInstanceId: instance, AccountName: name });
  return rowsOf(found ?? {}, "Accounts").find((row) => idOf(row, "AccountName") === name);
}
