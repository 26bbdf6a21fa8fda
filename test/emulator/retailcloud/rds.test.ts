import { expect, test } from "vitest";
import { type Cloud, cloud, complaint } from "../cloud.ts";
import { PLATFORM, RDS } from "../platform-seed.ts";

const DB = { DbInstanceId: RDS, DbName: "stock", CharacterSetName: "utf8" };
const ACCOUNT = { DbInstanceId: RDS, AccountName: "new", AccountPassword: "Emulated-2!" };

const seeded = () => cloud({ seed: PLATFORM });
const result = async ({ ask }: Cloud, action: string, params: object) => (await ask(action, { ...params })).result;
const databases = async (it: Cloud, InstanceId = RDS) =>
  (await result(it, "DescribeDatabases", { InstanceId }))["Databases"];
const accounts = async (it: Cloud, more = {}) =>
  (await result(it, "DescribeRdsAccounts", { DbInstanceId: RDS, ...more }))["Accounts"];

test("a database is created, runs, is deleted and gone", async () => {
  const it = seeded();
  await it.ask("CreateDb", { ...DB, DbDescription: "库存" });
  const read = {
    Accounts: [],
    CharacterSetName: "utf8",
    DBDescription: "库存",
    DBInstanceId: RDS,
    DBName: "stock",
    DBStatus: "Creating",
    Engine: "MySQL",
  };
  expect(await databases(it)).toMatchObject([{ DBName: "shop", DBStatus: "Running" }, read]);
  it.emulator.advance(5000);
  expect(await databases(it)).toMatchObject([{}, { DBStatus: "Running" }]);
  await it.ask("DeleteDatabase", { DBInstanceId: RDS, DBName: "stock" });
  expect(await databases(it)).toMatchObject([{}, { DBStatus: "Deleting" }]);
  const again = await it.call("DeleteDatabase", { DBInstanceId: RDS, DBName: "stock" });
  expect(complaint(again)).toBe("200 409: database stock is Deleting already");
  it.emulator.advance(3000);
  expect(await databases(it)).toHaveLength(1);
});

test("a database's name is taken once in an instance", async () => {
  const it = seeded();
  const told = complaint(await it.call("CreateDb", { ...DB, DbName: "shop" }));
  expect(told).toBe("200 409: instance rm-1 has a database shop already");
  await it.ask("CreateDb", { ...DB, DbName: "shop", DbInstanceId: "rm-2", CharacterSetName: "Chinese_PRC_CI_AS" });
  expect(await databases(it, "rm-2")).toMatchObject([{ DBName: "shop", Engine: "SQLServer", DBDescription: "" }]);
});

test.each([
  [{ DbName: "x" }, "DbName must match"],
  [{ DbName: "9db" }, "DbName must match"],
  [{ DbName: "testDB" }, "DbName must match"],
  [{ DbName: "db-" }, "DbName must match"],
  [{ DbName: `a${"b".repeat(64)}` }, "DbName must match"],
  [{ DbDescription: "1st" }, "DbDescription must match"],
  [{ DbDescription: "x" }, "DbDescription must match"],
  [{ CharacterSetName: "utf16" }, "CharacterSetName must be one of"],
])("a database with %j is refused", async (more, told) => {
  const { call } = seeded();
  expect(complaint(await call("CreateDb", { ...DB, ...more }))).toContain(`400 InvalidParameter: ${told}`);
});

test("an account becomes available, and shows what it may do", async () => {
  const it = seeded();
  await it.ask("CreateAccount", ACCOUNT);
  expect(await accounts(it, { AccountName: "new" })).toMatchObject([{ AccountStatus: "Unavailable" }]);
  const grant = { DbInstanceId: RDS, AccountName: "new", DbName: "shop", AccountPrivilege: "ReadWrite" };
  expect(complaint(await it.call("GrantDbToAccount", grant))).toBe("200 409: account new is Unavailable");
  it.emulator.advance(2000);
  await it.ask("GrantDbToAccount", grant);
  await it.ask("GrantDbToAccount", { ...grant, AccountPrivilege: "DMLOnly" });
  expect(await accounts(it, { AccountName: "new" })).toEqual([
    {
      AccountDescription: "",
      AccountName: "new",
      AccountStatus: "Available",
      AccountType: "Normal",
      DBInstanceId: RDS,
      DatabasePrivileges: [
        { AccountPrivilege: "DMLOnly", AccountPrivilegeDetail: "SELECT,INSERT,UPDATE,DELETE", DBName: "shop" },
      ],
      PrivExceeded: "0",
    },
  ]);
  expect(await databases(it)).toMatchObject([
    { Accounts: [{ Account: "app" }, { Account: "new", AccountPrivilege: "DMLOnly" }] },
  ]);
});

test("a database that is not running yet cannot be granted", async () => {
  const it = seeded();
  await it.ask("CreateDb", DB);
  const grant = { DbInstanceId: RDS, AccountName: "app", DbName: "stock", AccountPrivilege: "DBOwner" };
  expect(complaint(await it.call("GrantDbToAccount", grant))).toBe("200 409: database stock is Creating, not Running");
  it.emulator.advance(5000);
  await it.ask("GrantDbToAccount", grant);
  expect(await accounts(it)).toMatchObject([
    { DatabasePrivileges: [{ DBName: "shop" }, { DBName: "stock", AccountPrivilegeDetail: "ALL PRIVILEGES" }] },
  ]);
});

test("an account with all rights lists no databases", async () => {
  const it = seeded();
  await it.ask("CreateAccount", { ...ACCOUNT, AccountType: "Super" });
  it.emulator.advance(2000);
  await it.ask("GrantDbToAccount", {
    DbInstanceId: RDS,
    AccountName: "new",
    DbName: "shop",
    AccountPrivilege: "ReadOnly",
  });
  expect(await accounts(it, { AccountName: "new" })).toMatchObject([{ AccountType: "Super", DatabasePrivileges: [] }]);
});

test("what was granted goes with the account, or with the database", async () => {
  const it = seeded();
  const grants = () => it.emulator.state()["retailcloud"]?.["DbGrant"];
  const before = it.emulator.state();
  const { body } = await it.call("DeleteRdsAccount", { DbInstanceId: RDS, AccountName: "app" });
  expect(body["Result"]).toEqual({ RequestId: body["RequestId"] });
  expect([await accounts(it), grants()]).toEqual([[], []]);
  it.emulator.reset(before);
  await it.ask("DeleteDatabase", { DBInstanceId: RDS, DBName: "shop" });
  expect(grants()).toEqual([]);
  expect(await accounts(it)).toMatchObject([{ DatabasePrivileges: [] }]);
});

test("a new password reaches the account, and neither is in the call log", async () => {
  const it = seeded();
  await it.ask("CreateAccount", ACCOUNT);
  await it.ask("ResetAccountPassword", { ...ACCOUNT, AccountPassword: "Emulated-3!" });
  expect(it.emulator.state()["retailcloud"]?.["RdsAccount"]).toMatchObject([{}, { AccountPassword: "Emulated-3!" }]);
  expect(JSON.stringify(it.emulator.calls())).not.toContain("Emulated");
  expect(JSON.stringify(await accounts(it))).not.toContain("Password");
});

test.each([
  ["DeleteRdsAccount", { DbInstanceId: RDS, AccountName: "x" }, "in instance rm-1, account x"],
  ["ResetAccountPassword", { ...ACCOUNT, AccountName: "x" }, "in instance rm-1, account x"],
  ["DeleteDatabase", { DBInstanceId: "rm-9", DBName: "shop" }, "in instance rm-9, database shop"],
  [
    "GrantDbToAccount",
    { DbInstanceId: RDS, AccountName: "app", DbName: "testDB", AccountPrivilege: "ReadOnly" },
    "in instance rm-1, database testDB",
  ],
])("%s %j says that it does not exist", async (action, params, what) => {
  const { call } = seeded();
  expect(complaint(await call(action, params))).toBe(`200 404: ${what} does not exist`);
});

test("backups are seeded, narrowed by id and type, and counted in texts within the result", async () => {
  const [first] = PLATFORM.retailcloud.RdsBackup;
  const RdsBackup = [
    first,
    { BackupId: "b-2", DBInstanceId: RDS, BackupType: "IncrementalBackup", BackupSize: 10, BackupMode: "Manual" },
    { ...first, BackupId: "b-3", DBInstanceId: "rm-9" },
  ];
  const it = cloud({ seed: { ...PLATFORM, retailcloud: { ...PLATFORM.retailcloud, RdsBackup } }, pageLimit: 1 });
  const page = (more: object) => result(it, "GetRdsBackUp", { DbInstanceId: RDS, ...more });
  expect(await page({ PageNumber: "2", PageSize: "50" })).toMatchObject({
    PageNumber: "2",
    PageRecordCount: "1",
    TotalRecordCount: "2",
    TotalBackupSize: 1034n,
    Items: [{ BackupId: "b-2", BackupMode: "Manual", BackupStatus: "Success", HostInstanceID: "host-of-rm-1" }],
  });
  expect(await page({ BackupType: "FullBackup" })).toMatchObject({
    TotalRecordCount: "1",
    Items: [{ BackupId: "b-1", BackupSize: 1024n, BackupStartTime: "2026-05-01T12:00:00Z" }],
  });
  expect(await page({ BackupType: "", BackupId: "b-2" })).toMatchObject({ Items: [{ BackupId: "b-2" }] });
  const wrong = await it.call("GetRdsBackUp", { DbInstanceId: RDS, PageSize: "10" });
  expect(complaint(wrong)).toBe("400 InvalidParameter: PageSize must be one of 30, 50, 100");
});

test("lists within a result lag and vanish as others do", async () => {
  const it = seeded();
  it.emulator.setFaults({ rules: [{ effect: "vanish" }] });
  expect(await accounts(it)).toEqual([]);
  expect(await accounts(it, { AccountName: "app" })).toHaveLength(1);
  await it.ask("CreateDb", DB);
  it.emulator.setFaults({ rules: [{ effect: "stale-list", ms: 60_000 }] });
  expect(await databases(it)).toHaveLength(1);
});
