import { expect, test } from "vitest";
import { type Cloud, cloud, complaint } from "../cloud.ts";
import { CLUSTER, PLATFORM } from "../platform-seed.ts";

const PAGES = { PageNumber: "1", PageSize: "10" };
const VOLUME = {
  ClusterInstanceId: CLUSTER,
  Name: "logs",
  StorageClass: "logs",
  Capacity: "2Gi",
  AccessModes: "ReadWriteOnce",
  MountTargetDomain: "nas.example.com",
  NFSVersion: "3",
  ReclaimPolicy: "Retain",
};
const CLAIM = {
  AppId: "11",
  EnvId: "13",
  Name: "l",
  StorageClass: "logs",
  Capacity: "1Gi",
  AccessModes: "ReadWriteOnce",
};

const seeded = () => cloud({ seed: PLATFORM });
const volumes = async ({ ask }: Cloud) =>
  (await ask("ListPersistentVolume", { ClusterInstanceId: CLUSTER, ...PAGES })).rows;
const claims = async ({ ask }: Cloud) =>
  (await ask("ListPersistentVolumeClaim", { AppId: "11", EnvId: "13", ...PAGES })).rows;
const dropClaim = (it: Cloud, name: string) =>
  it.ask("DeletePersistentVolumeClaim", { AppId: "11", EnvId: "13", PersistentVolumeClaimName: name });

test("a volume reads back without what is write-only", async () => {
  const it = seeded();
  expect((await it.ask("CreatePersistentVolume", VOLUME)).result).toEqual({ PersistentVolumeId: 1001n });
  expect((await volumes(it)).at(-1)).toEqual({
    Name: "logs",
    StorageClass: "logs",
    Capacity: "2Gi",
    AccessModes: "ReadWriteOnce",
    ReclaimPolicy: "Retain",
    Status: "Available",
    MountDir: "/",
    CreateTime: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
  });
});

test("a claim waits for the volume of its class, and is bound to it a second later", async () => {
  const it = seeded();
  await it.ask("CreatePersistentVolumeClaim", CLAIM);
  it.emulator.advance(60_000);
  expect((await claims(it)).at(-1)).toMatchObject({ Name: "l", Status: "Pending" });
  await it.ask("CreatePersistentVolume", VOLUME);
  expect((await claims(it)).at(-1)).toMatchObject({ Status: "Pending" });
  expect((await claims(it)).at(-1)).not.toHaveProperty("VolumeName");
  it.emulator.advance(1000);
  expect((await claims(it)).at(-1)).toMatchObject({ Status: "Bound", VolumeName: "logs" });
  expect((await volumes(it)).at(-1)).toMatchObject({ Status: "Bound", PvcName: "l" });
});

test("a claim waits for its environment to be allocated to the volume's cluster", async () => {
  const it = cloud({ seed: { ...PLATFORM, retailcloud: { ...PLATFORM.retailcloud, AppResourceAlloc: [] } } });
  await it.ask("CreatePersistentVolume", VOLUME);
  await it.ask("CreatePersistentVolumeClaim", CLAIM);
  it.emulator.advance(1000);
  expect((await claims(it)).at(-1)).toMatchObject({ Status: "Pending" });
  await it.ask("CreateAppResourceAlloc", { AppId: "11", AppEnvId: "13", ClusterId: CLUSTER });
  it.emulator.advance(1000);
  expect((await claims(it)).at(-1)).toMatchObject({ Status: "Bound" });
});

test.each([{ Capacity: "2049Mi" }, { AccessModes: "ReadWriteMany" }, { StorageClass: "other" }])(
  "a claim with %j does not get a volume that does not fit",
  async (more) => {
    const it = seeded();
    await it.ask("CreatePersistentVolume", VOLUME);
    await it.ask("CreatePersistentVolumeClaim", { ...CLAIM, ...more });
    it.emulator.advance(1000);
    expect((await claims(it)).at(-1)).toMatchObject({ Status: "Pending" });
  },
);

test("a bound volume is not deleted; when its claim goes, it is released, and bound to nobody else", async () => {
  const it = seeded();
  const remove = () => it.call("DeletePersistentVolume", { ClusterInstanceId: CLUSTER, PersistentVolumeName: "media" });
  expect(complaint(await remove())).toBe("200 409: volume media is Bound; delete its claim first");
  await dropClaim(it, "media");
  expect((await volumes(it))[0]).toMatchObject({ Name: "media", Status: "Released" });
  expect((await volumes(it))[0]).not.toHaveProperty("PvcName");
  const again = { ...CLAIM, Name: "media", StorageClass: "media", AccessModes: "ReadWriteMany" };
  await it.ask("CreatePersistentVolumeClaim", again);
  it.emulator.advance(1000);
  expect(await claims(it)).toMatchObject([{ Name: "media", Status: "Pending" }]);
  expect((await remove()).body).toMatchObject({ Code: 0n, Result: { Success: true } });
  expect(await volumes(it)).toMatchObject([{ Name: "spare" }]);
});

test("a volume whose policy is Delete goes with its claim", async () => {
  const it = seeded();
  await it.ask("CreatePersistentVolumeClaim", { ...CLAIM, Name: "s", StorageClass: "spare" });
  expect((await volumes(it)).at(-1)).toMatchObject({ Name: "spare", Status: "Bound", PvcName: "s" });
  await dropClaim(it, "s");
  expect(await volumes(it)).toMatchObject([{ Name: "media" }]);
});

test("claims may share a name, and go together", async () => {
  const it = seeded();
  await it.ask("CreatePersistentVolumeClaim", { ...CLAIM, Name: "media" });
  expect(await claims(it)).toHaveLength(2);
  await dropClaim(it, "media");
  expect(await claims(it)).toEqual([]);
});

test("names and storage classes are taken once in a cluster, not in two", async () => {
  const second = { ...PLATFORM.retailcloud.Cluster[0], Id: 50, ClusterInstanceId: "c-2" };
  const Cluster = [...PLATFORM.retailcloud.Cluster, second];
  const { call } = cloud({ seed: { ...PLATFORM, retailcloud: { ...PLATFORM.retailcloud, Cluster } } });
  const create = async (more: object) => complaint(await call("CreatePersistentVolume", { ...VOLUME, ...more }));
  expect(await create({ Name: "media" })).toBe("200 409: the name media is taken in cluster c-1");
  expect(await create({ StorageClass: "media" })).toBe("200 409: the storage class media is taken by volume media");
  expect(await create({ Name: "media", StorageClass: "media", ClusterInstanceId: "c-2" })).toMatch(/^200 0/);
});

test("a volume that fails says why, and is given to no claim", async () => {
  const it = seeded();
  it.emulator.setFaults({ rules: [{ effect: "fail", match: {}, reason: "no such mount target" }] });
  await it.ask("CreatePersistentVolume", VOLUME);
  await it.ask("CreatePersistentVolumeClaim", CLAIM);
  expect((await volumes(it)).at(-1)).toMatchObject({ Status: "Failed", Reason: "no such mount target" });
  it.emulator.setFaults({ rules: [{ effect: "fail" }] });
  await it.ask("CreatePersistentVolume", { ...VOLUME, Name: "b", StorageClass: "b" });
  expect((await volumes(it)).at(-1)).toMatchObject({ Reason: "the mount target cannot be reached" });
});

test("capacities come back as a cluster prints them", async () => {
  const it = seeded();
  await it.ask("CreatePersistentVolume", { ...VOLUME, Capacity: "1024Mi" });
  await it.ask("CreatePersistentVolumeClaim", { ...CLAIM, Capacity: "129000000" });
  expect((await volumes(it)).at(-1)).toMatchObject({ Capacity: "1Gi" });
  expect((await claims(it)).at(-1)).toMatchObject({ Capacity: "129M" });
});

test.each([
  ["CreatePersistentVolume", { ...VOLUME, ClusterInstanceId: "c-9" }, "cluster c-9"],
  ["DeletePersistentVolume", { ClusterInstanceId: "c-9", PersistentVolumeName: "media" }, "cluster c-9"],
  ["DeletePersistentVolume", { ClusterInstanceId: CLUSTER, PersistentVolumeName: "x" }, "in cluster c-1, volume x"],
  ["CreatePersistentVolumeClaim", { ...CLAIM, EnvId: "99" }, "in app 11, environment 99"],
  [
    "DeletePersistentVolumeClaim",
    { AppId: "11", EnvId: "13", PersistentVolumeClaimName: "x" },
    "in environment 13, claim x",
  ],
])("%s %j says that it does not exist", async (action, params, what) => {
  const { call } = seeded();
  expect(complaint(await call(action, params))).toBe(`200 404: ${what} does not exist`);
});

test.each([
  [{ Capacity: "1.5Gi" }, "Capacity must match"],
  [{ Capacity: "129e6" }, "Capacity must match"],
  [{ Name: "Logs" }, "Name must match"],
  [{ StorageClass: "1" }, "StorageClass must match"],
  [{ NFSVersion: "4" }, "NFSVersion must be one of 3, 4.0"],
  [{ AccessModes: "ReadOnlyMany" }, "AccessModes must be one of ReadWriteMany, ReadWriteOnce"],
])("a volume with %j is refused: %s", async (more, told) => {
  const { call } = seeded();
  expect(complaint(await call("CreatePersistentVolume", { ...VOLUME, ...more }))).toContain(told);
});

test("the claims of an environment of another app are not listed", async () => {
  const { ask } = seeded();
  expect((await ask("ListPersistentVolumeClaim", { AppId: "99", EnvId: "13", ...PAGES })).rows).toEqual([]);
});
