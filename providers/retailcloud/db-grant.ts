import { z } from "zod";
import type { Live } from "../../src/core/kind.ts";
import { reference } from "../../src/core/reference.ts";
import { immutable } from "../../src/core/traits.ts";
import type { Fields } from "../../src/core/values.ts";
import { defineAction, names } from "./action.ts";
import type { RetailCloud } from "./client.ts";
import { idOf, listIn, parentOf, shown, textOf } from "./decode.ts";
import { described } from "./fields.ts";
import { accountRow, accountRows, describeAccounts } from "./rds-accounts.ts";
import { grantId, nameInRdsId, rdsId } from "./rds-id.ts";
import { defineResource } from "./resource.ts";

const grantDatabase = defineAction({
  name: "GrantDbToAccount",
  method: "POST",
  mutating: true,
  body: names("AccountName AccountPrivilege DbInstanceId DbName"),
});

const spec = z.strictObject({
  database: immutable(reference("Database")),
  account: immutable(reference("RdsAccount")),
  accountPrivilege: described(
    z.enum(["ReadWrite", "ReadOnly", "DDLOnly", "DMLOnly", "DBOwner"]),
    "DDLOnly and DMLOnly are for MySQL and MariaDB, DBOwner for SQL Server",
  ),
});

/** What an account may do in a database. The API cannot take it back: it goes with the account or the database. */
export const dbGrant = defineResource({
  kind: "DbGrant",
  description: "what an account may do in a database",
  spec,
  scope: ["account.dbInstanceId"],
  identity: grantId,
  constraints,
  removedWith: ["database", "account"],
  calls: { list: describeAccounts, read: describeAccounts, create: grantDatabase, update: [grantDatabase] },
  list: async (api, scope) => {
    const instance = parentOf(scope, "account.dbInstanceId");
    return (await accountRows(api, instance)).flatMap((row) => grantsIn(row, instance));
  },
  read: async (api, { id, scope }) => {
    const instance = parentOf(scope, "account.dbInstanceId");
    const [account = id] = id.split(" on ", 1);
    const row = await accountRow(api, instance, nameInRdsId(account));
    return grantsIn(row ?? {}, instance).find((live) => live.id === id);
  },
  create: async (api, { spec: wanted, scope }) => {
    await grant(api, parentOf(scope, "account.dbInstanceId"), wanted);
    return { id: grantId(wanted) };
  },
  update: (api, { spec: wanted, scope }) => grant(api, parentOf(scope, "account.dbInstanceId"), wanted),
});

type Granted = { readonly account: string; readonly database: string; readonly accountPrivilege: string };

/** A second grant takes the place of the first. */
async function grant(api: RetailCloud, instance: string, { account, database, accountPrivilege }: Granted) {
  await api.call(grantDatabase, {
    DbInstanceId: instance,
    AccountName: nameInRdsId(account),
    DbName: nameInRdsId(database),
    AccountPrivilege: accountPrivilege,
  });
}

function constraints(_: unknown, target: (field: string) => Fields | undefined) {
  const [account, database] = [target("account"), target("database")];
  const [mine, theirs] = [account?.["dbInstanceId"], database?.["dbInstanceId"]];
  const rules = [
    [account?.["accountType"] === "Super", "account", "is a Super account, which has every right; take the grant out"],
    [
      mine !== undefined && theirs !== undefined && mine !== theirs,
      "database",
      `is of instance ${theirs}, and the account of ${mine}; choose two of one instance`,
    ],
  ] as const;
  return rules.filter(([isBroken]) => isBroken).map(([, field, message]) => ({ field, message }));
}

function grantsIn(row: Fields, instance: string): readonly Live[] {
  return listIn(row, "DatabasePrivileges").map((privilege) => {
    const account = rdsId(instance, idOf(row, "AccountName"));
    const database = rdsId(instance, idOf(privilege, "DBName"));
    const spec = shown({ account, database, accountPrivilege: textOf(privilege, "AccountPrivilege") });
    return { id: grantId(spec), spec };
  });
}
