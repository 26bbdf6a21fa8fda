import type { InputOf } from "../fields.ts";
import { lapse } from "../lapse.ts";
import { steps } from "../steps.ts";
import type { Tables } from "../store.ts";
import { TIME } from "./time.ts";

const TEXT = { type: "String" } as const;
const NEEDED = { type: "String", required: true } as const;
const ID = { type: "Long", required: true } as const;

const databaseChanges = { DBStatus: { type: "String", enum: ["Creating", "Running", "Deleting"] } } as const;

const databaseFields = {
  Id: ID,
  DbInstanceId: NEEDED,
  DbName: NEEDED,
  CharacterSetName: NEEDED,
  DbDescription: TEXT,
  /** Running when it is absent. */
  ...databaseChanges,
  coming: steps(databaseChanges),
} as const;

/** A database of an RDS instance. */
export type Database = InputOf<typeof databaseFields>;

const accountChanges = { AccountStatus: { type: "String", enum: ["Unavailable", "Available"] } } as const;

const accountFields = {
  Id: ID,
  DbInstanceId: NEEDED,
  AccountName: NEEDED,
  AccountPassword: TEXT,
  AccountType: { type: "String", enum: ["Normal", "Super"] },
  AccountDescription: TEXT,
  /** Available when it is absent. */
  ...accountChanges,
  coming: steps(accountChanges),
} as const;

/** An account of an RDS instance. */
export type RdsAccount = InputOf<typeof accountFields>;

/** The tables of chapter 6 of the manual. RDS instances themselves are not played. */
export const rdsTables = {
  Database: { id: "Id", fields: databaseFields, lapse: (row: Database, time: number) => lapse(row, time) },
  RdsAccount: { id: "Id", fields: accountFields, lapse: (row: RdsAccount, time: number) => lapse(row, time) },
  DbGrant: {
    id: "Id",
    fields: { Id: ID, DbInstanceId: NEEDED, AccountName: NEEDED, DbName: NEEDED, AccountPrivilege: NEEDED },
  },
  /** Backups are made by no action, so only a seed holds them. */
  RdsBackup: {
    id: "BackupId",
    fields: {
      BackupId: NEEDED,
      DBInstanceId: NEEDED,
      BackupType: { type: "String", required: true, enum: ["FullBackup", "IncrementalBackup"] },
      BackupStatus: TEXT,
      BackupDBNames: TEXT,
      BackupMode: { type: "String", enum: ["Automated", "Manual"] },
      BackupMethod: { type: "String", enum: ["Logical", "Physical"] },
      BackupSize: { type: "Long" },
      BackupStartTime: TIME,
      BackupEndTime: TIME,
    },
  },
} as const satisfies Tables;
