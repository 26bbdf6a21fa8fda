import type { ActionSpec, Struct } from "../action.ts";
import { spacedTime } from "../time.ts";

const TEXT = { type: "String", required: true } as const;
const INSTANCE = { DbInstanceId: TEXT } as const;
const ACCOUNT = { AccountName: TEXT, ...INSTANCE } as const;
const LOWER_CAMEL = { lowerCamel: true } as const;

/** The two lists of character sets differ in one name of SQL Server's; both names are taken. */
const CHARACTER_SETS = [
  "utf8",
  "gbk",
  "latin1",
  "utf8mb4",
  "Chinese_PRC_CI_AS",
  "Chinese_PRC_CS_AS",
  "SQL_Latin1_General_CI_AS",
  "SQL_Latin1_General_CP1_CS_AS",
  "SQL_Latin1_General_CS_AS",
  "Chinese_PRC_BIN",
] as const;

/** Chapter 6 of the manual; CreateAccount and ResetAccountPassword are known from the SDK only. */
export const rdsCatalogue = {
  DescribeDatabases: {
    errorField: "ErrMsg",
    list: { paged: false, shape: ({ rows }) => ({ Result: { Databases: rows } }) },
    manual: LOWER_CAMEL,
    parameters: { InstanceId: TEXT },
  },
  DeleteRdsAccount: { mutating: true, errorField: "ErrMsg", manual: LOWER_CAMEL, parameters: ACCOUNT },
  DescribeRdsAccounts: {
    errorField: "ErrMsg",
    list: { paged: false, shape: ({ rows }) => ({ Result: { Accounts: rows } }) },
    manual: LOWER_CAMEL,
    parameters: { ...INSTANCE, AccountName: { type: "String" } },
  },
  GrantDbToAccount: {
    mutating: true,
    errorField: "ErrMsg",
    manual: LOWER_CAMEL,
    parameters: {
      ...ACCOUNT,
      AccountPrivilege: {
        type: "String",
        required: true,
        enum: ["ReadWrite", "ReadOnly", "DDLOnly", "DMLOnly", "DBOwner"],
      },
      // An example breaks the rule for new names, so any name is looked up.
      DbName: TEXT,
    },
  },
  CreateDb: {
    mutating: true,
    errorField: "ErrMsg",
    parameters: {
      CharacterSetName: { type: "String", required: true, enum: CHARACTER_SETS },
      ...INSTANCE,
      DbName: { type: "String", required: true, pattern: "^[a-z][a-z0-9_-]{0,62}[a-z0-9]$" },
      DbDescription: { type: "String", pattern: "^[A-Za-z\\u4e00-\\u9fff][A-Za-z0-9_\\-\\u4e00-\\u9fff]{1,255}$" },
    },
  },
  DeleteDatabase: { mutating: true, errorField: "ErrMsg", parameters: { DBInstanceId: TEXT, DBName: TEXT } },
  GetRdsBackUp: {
    errorField: "ErrMsg",
    list: {
      paged: true,
      size: 30,
      shape: ({ number, rows, all }) => ({
        Result: {
          Items: rows,
          PageNumber: String(number),
          PageRecordCount: String(rows.length),
          TotalBackupSize: all.reduce((sum, { BackupSize }) => sum + BigInt(String(BackupSize ?? 0)), 0n),
          TotalRecordCount: String(all.length),
        },
      }),
    },
    manual: { ...LOWER_CAMEL, reshape: backupsAsSampled },
    parameters: {
      ...INSTANCE,
      BackupId: { type: "String" },
      // Empty means both.
      BackupType: { type: "String", enum: ["", "FullBackup", "IncrementalBackup"] },
      PageNumber: { type: "Integer", min: 1 },
      PageSize: { type: "Integer", enum: [30, 50, 100] },
    },
  },
  CreateAccount: {
    sdkOnly: true,
    mutating: true,
    errorField: "ErrMsg",
    parameters: { ...ACCOUNT, AccountPassword: TEXT, AccountType: { type: "String", enum: ["Normal", "Super"] } },
  },
  ResetAccountPassword: {
    sdkOnly: true,
    mutating: true,
    errorField: "ErrMsg",
    parameters: { ...ACCOUNT, AccountPassword: TEXT },
  },
} as const satisfies Record<string, ActionSpec>;

/** The sample writes times as no table does. */
function backupsAsSampled(result: Struct): Struct {
  const items: unknown = result["Items"];
  return { ...result, Items: Array.isArray(items) ? items.map(backupAsSampled) : items };
}

function backupAsSampled(backup: Struct): Struct {
  const { BackupStartTime: start, BackupEndTime: end } = backup;
  const spaced = (time: unknown) => (time === undefined ? undefined : spacedTime(String(time)));
  return { ...backup, BackupStartTime: spaced(start), BackupEndTime: spaced(end) };
}
