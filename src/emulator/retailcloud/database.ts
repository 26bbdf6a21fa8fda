import type { InputOf } from "../fields.ts";
import type { AccountView } from "../sections.ts";
import type { Context, Struct } from "./action.ts";
import type { rdsCatalogue } from "./catalogue/rds.ts";
import { type Grant, grantsOf, privilegeDetail } from "./db-grant.ts";
import type { Database } from "./rds-tables.ts";
import { conflict, notFound } from "./refusal.ts";

type In<A extends keyof typeof rdsCatalogue> = InputOf<(typeof rdsCatalogue)[A]["parameters"]>;

/** How long a database takes to come and to go, in milliseconds on the emulator's clock. */
const CREATION_MS = 5000;
const DELETION_MS = 3000;

/** Makes a database; names are unique within an instance. */
export function createDatabase(input: In<"CreateDb">, { store, now, nextId }: Context): undefined {
  const namesake = databasesOf(store, input.DbInstanceId).find(({ DbName }) => DbName === input.DbName);
  if (namesake) throw conflict(`instance ${input.DbInstanceId} has a database ${input.DbName} already`);
  const coming = [{ at: now + CREATION_MS, becomes: { DBStatus: "Running" } }];
  store.put("Database", { Id: nextId(), ...input, DBStatus: "Creating", coming });
}

/** Deletes a database, and what was granted on it at once. */
export function deleteDatabase(input: In<"DeleteDatabase">, { store, now }: Context): undefined {
  const database = findDatabase(store, input.DBInstanceId, input.DBName);
  if (database.DBStatus === "Deleting") throw conflict(`database ${input.DBName} is Deleting already`);
  for (const { Id } of grantsOf(store, input.DBInstanceId, { DbName: input.DBName })) store.drop("DbGrant", Id);
  store.put("Database", { ...database, DBStatus: "Deleting", coming: [{ at: now + DELETION_MS, gone: true }] });
}

/** The databases of an instance with the accounts that may use them. */
export function listDatabases({ InstanceId }: In<"DescribeDatabases">, { view }: Context): Struct[] {
  return databasesOf(view, InstanceId).map((database) => databaseRow(database, view));
}

/** @throws Refusal when the instance has no such database. */
export function findDatabase(view: AccountView, instance: string, name: string): Database {
  const database = databasesOf(view, instance).find(({ DbName }) => DbName === name);
  if (!database) throw notFound(`in instance ${instance}, database`, name);
  return database;
}

function databasesOf(view: AccountView, instance: string): Database[] {
  return view.rows("Database").filter(({ DbInstanceId }) => DbInstanceId === instance);
}

/** Only SQL Server has character sets with capitals. */
function databaseRow(row: Database, view: AccountView): Struct {
  return {
    Accounts: grantsOf(view, row.DbInstanceId, { DbName: row.DbName }).map(accountRow),
    CharacterSetName: row.CharacterSetName,
    DBDescription: row.DbDescription ?? "",
    DBInstanceId: row.DbInstanceId,
    DBName: row.DbName,
    DBStatus: row.DBStatus ?? "Running",
    Engine: /^[A-Z]/.test(row.CharacterSetName) ? "SQLServer" : "MySQL",
  };
}

function accountRow({ AccountName, AccountPrivilege }: Grant): Struct {
  return { Account: AccountName, AccountPrivilege, AccountPrivilegeDetail: privilegeDetail(AccountPrivilege) };
}
