import type { InputOf } from "../fields.ts";
import type { RowOf } from "../store.ts";
import { type Action, action, type Context, type Struct } from "./action.ts";
import { rdsCatalogue as catalogue } from "./catalogue/rds.ts";
import { createDatabase, deleteDatabase, listDatabases } from "./database.ts";
import { createAccount, deleteAccount, grant, listAccounts, resetPassword } from "./rds-account.ts";
import type { retailcloudTables } from "./tables.ts";
import { secondTime } from "./time.ts";

type Backup = RowOf<typeof retailcloudTables, "RdsBackup">;

/** The actions on databases of RDS instances, which are accepted unseen. */
export const rdsActions: Record<keyof typeof catalogue, Action> = {
  DescribeDatabases: action(catalogue.DescribeDatabases, listDatabases),
  DeleteRdsAccount: action(catalogue.DeleteRdsAccount, deleteAccount),
  DescribeRdsAccounts: action(catalogue.DescribeRdsAccounts, listAccounts),
  GrantDbToAccount: action(catalogue.GrantDbToAccount, grant),
  CreateDb: action(catalogue.CreateDb, createDatabase),
  DeleteDatabase: action(catalogue.DeleteDatabase, deleteDatabase),
  GetRdsBackUp: action(catalogue.GetRdsBackUp, listBackups),
  CreateAccount: action(catalogue.CreateAccount, createAccount),
  ResetAccountPassword: action(catalogue.ResetAccountPassword, resetPassword),
};

type BackupFilters = InputOf<(typeof catalogue)["GetRdsBackUp"]["parameters"]>;

function listBackups({ DbInstanceId, BackupId, BackupType }: BackupFilters, { view }: Context): Struct[] {
  const isWanted = (row: Backup) =>
    row.DBInstanceId === DbInstanceId &&
    (!BackupId || row.BackupId === BackupId) &&
    (!BackupType || row.BackupType === BackupType);
  return view.rows("RdsBackup").filter(isWanted).map(backupRow);
}

function backupRow(row: Backup): Struct {
  return {
    BackupDBNames: row.BackupDBNames,
    BackupEndTime: row.BackupEndTime && secondTime(row.BackupEndTime),
    BackupId: row.BackupId,
    BackupLocation: "OSS",
    BackupMethod: row.BackupMethod ?? "Physical",
    BackupMode: row.BackupMode ?? "Automated",
    BackupScale: "DBInstance",
    BackupSize: row.BackupSize && BigInt(row.BackupSize),
    BackupStartTime: row.BackupStartTime && secondTime(row.BackupStartTime),
    BackupStatus: row.BackupStatus ?? "Success",
    BackupType: row.BackupType,
    DBInstanceId: row.DBInstanceId,
    HostInstanceID: `host-of-${row.DBInstanceId}`,
    MetaStatus: "",
    StoreStatus: "Disabled",
    TotalBackupSize: row.BackupSize && BigInt(row.BackupSize),
  };
}
