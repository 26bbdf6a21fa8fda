import type { InputOf } from "../fields.ts";
import type { AccountView } from "../sections.ts";
import type { Context, Struct } from "./action.ts";
import type { rdsCatalogue } from "./catalogue/rds.ts";
import { findDatabase } from "./database.ts";
import { grantsOf, privilegeDetail } from "./db-grant.ts";
import type { RdsAccount } from "./rds-tables.ts";
import { conflict, notFound } from "./refusal.ts";

type In<A extends keyof typeof rdsCatalogue> = InputOf<(typeof rdsCatalogue)[A]["parameters"]>;

/** How long a new account is not available yet, in milliseconds on the emulator's clock. */
const CREATION_MS = 2000;

/** Makes an account. Nothing is documented about names that are taken, so a second one of the same name is a twin. */
export function createAccount(input: In<"CreateAccount">, { store, now, nextId }: Context): undefined {
  const coming = [{ at: now + CREATION_MS, becomes: { AccountStatus: "Available" } }];
  const AccountType = input.AccountType ?? "Normal";
  store.put("RdsAccount", { Id: nextId(), ...input, AccountType, AccountStatus: "Unavailable", coming });
}

/** Sets the password of an account. */
export function resetPassword(input: In<"ResetAccountPassword">, { store }: Context): undefined {
  const { DbInstanceId, AccountName, AccountPassword } = input;
  for (const account of findAccounts(store, DbInstanceId, AccountName)) {
    store.put("RdsAccount", { ...account, AccountPassword });
  }
}

/** Deletes an account with what was granted to it; answers the request's id once more. */
export function deleteAccount(input: In<"DeleteRdsAccount">, { store, requestId }: Context): Struct {
  const { DbInstanceId, AccountName } = input;
  for (const { Id } of findAccounts(store, DbInstanceId, AccountName)) store.drop("RdsAccount", Id);
  for (const { Id } of grantsOf(store, DbInstanceId, { AccountName })) store.drop("DbGrant", Id);
  return { RequestId: requestId };
}

/** Grants a privilege; an earlier one of the same account on the same database is replaced. */
export function grant(input: In<"GrantDbToAccount">, { store, nextId }: Context): undefined {
  const { DbInstanceId, AccountName, DbName } = input;
  const accounts = findAccounts(store, DbInstanceId, AccountName);
  if (accounts.some(({ AccountStatus }) => AccountStatus === "Unavailable")) {
    throw conflict(`account ${AccountName} is Unavailable`);
  }
  const { DBStatus = "Running" } = findDatabase(store, DbInstanceId, DbName);
  if (DBStatus !== "Running") throw conflict(`database ${DbName} is ${DBStatus}, not Running`);
  const [before] = grantsOf(store, DbInstanceId, { AccountName, DbName });
  store.put("DbGrant", { Id: before?.Id ?? nextId(), ...input });
}

/** The accounts of an instance with what they may do; one with all rights lists no databases. */
export function listAccounts(input: In<"DescribeRdsAccounts">, { view }: Context): Struct[] {
  return accountsOf(view, input.DbInstanceId, input.AccountName || undefined).map((row) => accountRow(row, view));
}

function findAccounts(view: AccountView, instance: string, name: string): RdsAccount[] {
  const accounts = accountsOf(view, instance, name);
  if (accounts.length === 0) throw notFound(`in instance ${instance}, account`, name);
  return accounts;
}

function accountsOf(view: AccountView, instance: string, name: string | undefined): RdsAccount[] {
  const isWanted = (row: RdsAccount) => row.DbInstanceId === instance && row.AccountName === (name ?? row.AccountName);
  return view.rows("RdsAccount").filter(isWanted);
}

function accountRow(row: RdsAccount, view: AccountView): Struct {
  const { DbInstanceId, AccountName, AccountType = "Normal", AccountStatus = "Available" } = row;
  const grants = AccountType === "Super" ? [] : grantsOf(view, DbInstanceId, { AccountName });
  return {
    AccountDescription: row.AccountDescription ?? "",
    AccountName,
    AccountStatus,
    AccountType,
    DBInstanceId: DbInstanceId,
    DatabasePrivileges: grants.map(({ AccountPrivilege, DbName }) => ({
      AccountPrivilege,
      AccountPrivilegeDetail: privilegeDetail(AccountPrivilege),
      DBName: DbName,
    })),
    PrivExceeded: "0",
  };
}
