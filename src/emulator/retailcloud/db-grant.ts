import type { AccountView } from "../sections.ts";
import type { RowOf } from "../store.ts";
import type { retailcloudTables } from "./tables.ts";

/** What an account may do in a database. */
export type Grant = RowOf<typeof retailcloudTables, "DbGrant">;

/** The grants of an instance, on one database or to one account. */
export function grantsOf(
  view: AccountView,
  instance: string,
  { DbName, AccountName }: { readonly DbName?: string; readonly AccountName?: string },
): Grant[] {
  return view
    .rows("DbGrant")
    .filter(
      (row) =>
        row.DbInstanceId === instance &&
        row.DbName === (DbName ?? row.DbName) &&
        row.AccountName === (AccountName ?? row.AccountName),
    );
}

const DETAILS: Readonly<Record<string, string>> = {
  ReadOnly: "SELECT,LOCK TABLES,SHOW VIEW",
  DDLOnly: "CREATE,ALTER,DROP,INDEX",
  DMLOnly: "SELECT,INSERT,UPDATE,DELETE",
};

/** The privileges in SQL's words; those of a reader are in a sample, the others are made up. */
export function privilegeDetail(privilege: string): string {
  return DETAILS[privilege] ?? "ALL PRIVILEGES";
}
