import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Files, systemFiles } from "../../src/ledger/files.ts";
import { dropLock, removeLock, sweepClaims, tryLock } from "../../src/ledger/lock-file.ts";
import { isHeld, readLock } from "../../src/ledger/lock-record.ts";
import { deadRecord, record } from "./lock-records.ts";
import { temporaryFolder } from "./temporary-folder.ts";

function coded(code: string): Error {
  return Object.assign(new Error(code), { code });
}

test("tryLock() takes a free lock, and names its holder to the second one", async () => {
  const path = join(await temporaryFolder(), "lock");
  const mine = await record();
  expect(await tryLock(path, mine)).toBeUndefined();
  expect(await tryLock(path, await record("cairn destroy"))).toMatchObject({ record: mine });
  expect(await isHeld(path, mine.token)).toBe(true);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test("dropLock() removes the lock of its own token only", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "lock");
  const mine = await record();
  await tryLock(path, mine);
  await dropLock(path, (await record()).token);
  expect(await isHeld(path, mine.token)).toBe(true);
  await dropLock(path, mine.token);
  await dropLock(path, mine.token);
  expect(await readdir(folder)).toEqual([]);
});

test("tryLock() takes the lock over from a dead holder, and leaves nothing else behind", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "lock");
  await tryLock(path, await deadRecord());
  const mine = await record();
  expect(await tryLock(path, mine)).toBeUndefined();
  expect(await readLock(path)).toMatchObject({ record: mine });
  expect(await readdir(folder)).toEqual(["lock"]);
});

test("tryLock() takes over even from takers that died while taking over", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "lock");
  const [first, second, third] = [await deadRecord(), await deadRecord(), await deadRecord()];
  await tryLock(path, first);
  await tryLock(`${path}.${first.token}`, second);
  await tryLock(`${path}.${first.token}.${second.token}`, third);
  expect(await tryLock(path, await record())).toBeUndefined();
  expect(await readdir(folder)).toEqual(["lock"]);
});

test("tryLock() leaves a lock to a living taker that is about to take it over", async () => {
  const path = join(await temporaryFolder(), "lock");
  const [dead, rival] = [await deadRecord(), await record("cairn plan")];
  await tryLock(path, dead);
  await tryLock(`${path}.${dead.token}`, rival);
  expect(await tryLock(path, await record())).toMatchObject({ record: rival });
});

test.each(["", "{", "[]", '{"pid": 1}', '{"token": "not a token"}'])(
  "tryLock() leaves a lock alone that it cannot read: %j",
  async (text) => {
    const path = join(await temporaryFolder(), "lock");
    await writeFile(path, text);
    expect((await tryLock(path, await record(), { watch: () => true }))?.record).toBeUndefined();
    expect(await readFile(path, "utf8")).toBe(text);
  },
);

test("tryLock() does without hard links where a file system has none", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "lock");
  const files: Files = { ...systemFiles, link: () => Promise.reject(coded("EPERM")) };
  const mine = await record();
  expect(await tryLock(path, mine, { files })).toBeUndefined();
  expect(await tryLock(path, await record(), { files })).toMatchObject({ record: mine });
  expect(await readdir(folder)).toEqual(["lock"]);
});

test("tryLock() sees a lock that came between its look and its step, with hard links and without", async () => {
  for (const code of ["EEXIST", "ENOTSUP"]) {
    const path = join(await temporaryFolder(), "lock");
    const rival = await record("cairn plan");
    const link: Files["link"] = async () => {
      await tryLock(path, rival);
      throw coded(code);
    };
    expect(await tryLock(path, await record(), { files: { ...systemFiles, link } })).toMatchObject({ record: rival });
  }
});

test.each(["EACCES", "EROFS"])("tryLock() rejects with what the file system says (%s)", async (code) => {
  const folder = await temporaryFolder();
  const files: Files = { ...systemFiles, link: () => Promise.reject(coded(code)) };
  await expect(tryLock(join(folder, "lock"), await record(), { files })).rejects.toMatchObject({ code });
  expect(await readdir(folder)).toEqual([]);
});

test("tryLock() leaves no half lock where the disk is full and there are no hard links", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "lock");
  const open: Files["open"] = async (file, flags, mode) => {
    const handle = await systemFiles.open(file, flags, mode);
    return file === path ? Object.assign(handle, { writeFile: () => Promise.reject(coded("ENOSPC")) }) : handle;
  };
  const files: Files = { ...systemFiles, open, link: () => Promise.reject(coded("ENOSYS")) };
  await expect(tryLock(path, await record(), { files })).rejects.toMatchObject({ code: "ENOSPC" });
  expect(await readdir(folder)).toEqual([]);
});

test("readLock() hands on what it cannot read for another reason", async () => {
  await expect(readLock(await temporaryFolder())).rejects.toMatchObject({ code: "EISDIR" });
});

test("removeLock() removes any lock and returns what was there", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "lock");
  const mine = await record();
  expect(await removeLock(path, await record())).toBeUndefined();
  await tryLock(path, mine);
  expect(await removeLock(path, await record())).toMatchObject({ record: mine });
  await writeFile(path, "");
  expect(await removeLock(path, await record())).not.toHaveProperty("record");
  expect(await readdir(folder)).toEqual([]);
});

test("removeLock() leaves alone what a living taker is taking over, and what has changed hands meanwhile", async () => {
  const path = join(await temporaryFolder(), "lock");
  const [dead, rival] = [await deadRecord(), await record("cairn plan")];
  await tryLock(path, dead);
  await tryLock(`${path}.${dead.token}`, rival);
  await removeLock(path, await record());
  expect(await isHeld(path, dead.token)).toBe(true);
});

test("sweepClaims() removes what killed takers have left, and no other file", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "lock");
  const [mine, dead] = [await record(), await deadRecord()];
  await tryLock(path, mine);
  await tryLock(`${path}.${dead.token}`, dead);
  await tryLock(`${path}.${dead.token}.${dead.token}`, dead);
  await writeFile(join(folder, "lock.txt"), "mine");
  await sweepClaims(path, mine.token);
  expect((await readdir(folder)).sort()).toEqual(["lock", "lock.txt"]);
});
