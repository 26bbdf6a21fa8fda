import type { CallRow } from "./call-row.ts";

/** Databases and accounts of RDS instances. */
export const databaseCalls: readonly CallRow[] = [
  { name: "DescribeDatabases", method: "GET", mutating: false, query: "InstanceId*" },
  { name: "DeleteRdsAccount", method: "POST", mutating: true, body: "AccountName* DbInstanceId*" },
  { name: "DescribeRdsAccounts", method: "GET", mutating: false, query: "DbInstanceId* AccountName" },
  {
    name: "GrantDbToAccount",
    method: "POST",
    mutating: true,
    body: "AccountName* AccountPrivilege* DbInstanceId* DbName*",
  },
  { name: "CreateDb", method: "POST", mutating: true, body: "CharacterSetName* DbInstanceId* DbName* DbDescription" },
  { name: "DeleteDatabase", method: "POST", mutating: true, body: "DBInstanceId* DBName*" },
  {
    name: "GetRdsBackUp",
    method: "POST",
    mutating: false,
    body: "DbInstanceId* BackupId BackupType PageNumber:int PageSize:int",
  },
  {
    name: "CreateAccount",
    method: "POST",
    mutating: true,
    body: "AccountName* AccountPassword!* DbInstanceId* AccountType",
  },
  {
    name: "ResetAccountPassword",
    method: "POST",
    mutating: true,
    body: "AccountName* AccountPassword!* DbInstanceId*",
  },
];
