import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { type Files, systemFiles } from "../../src/ledger/files.ts";
import {
  dropLock,
  isHeld,
  type LockRecord,
  newRecord,
  readLock,
  removeLock,
  sweepClaims,
  tryLock,
} from "../../src/ledger/lock-file.ts";
import { temporaryFolder } from "./temporary-folder.ts";

function record(command = "cairn apply"): Promise<LockRecord> {
  return newRecord(command, "2026-11-21T10:00:00.000Z");
}

/** A record whose process is gone. */
async function deadRecord(): Promise<LockRecord> {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  return { ...(await record("cairn apply (dead)")), pid: child.pid ?? 0, started: "" };
}

function coded(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** The real files, each of whose functions waits before it begins. */
function delayed(turn: () => Promise<void>): Files {
  const link: Files["link"] = (from, to) => turn().then(() => systemFiles.link(from, to));
  const open: Files["open"] = (path, flags, mode) => turn().then(() => systemFiles.open(path, flags, mode));
  const rename: Files["rename"] = (from, to) => turn().then(() => systemFiles.rename(from, to));
  const rm: Files["rm"] = (path, options) => turn().then(() => systemFiles.rm(path, options));
  const readFile = ((path: string, options: "utf8") =>
    turn().then(() => systemFiles.readFile(path, options))) as Files["readFile"];
  return { ...systemFiles, link, open, rename, rm, readFile };
}

/** A process of its own that takes the lock at `path` so and so often and notes in `log` when it comes and goes. */
function worker(path: string, log: string, rounds: number, dieAt: number): ChildProcess {
  const script = new URL("./take-turns.ts", import.meta.url);
  const args = ["--import", "tsx", script.pathname, path, log, String(rounds), String(dieAt)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

test("tryLock() takes a free lock, and names its holder to the second one", async () => {
  const path = join(await temporaryFolder(), "lock");
  const mine = await record();
  expect(await tryLock(path, mine)).toBeUndefined();
  expect(await tryLock(path, await record("cairn destroy"))).toEqual({ record: mine });
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
  expect(await readLock(path)).toEqual({ record: mine });
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
  expect(await tryLock(path, await record())).toEqual({ record: rival });
});

test.each(["", "{", "[]", '{"pid": 1}', '{"token": "not a token"}'])(
  "tryLock() leaves a lock alone that it cannot read: %j",
  async (text) => {
    const path = join(await temporaryFolder(), "lock");
    await writeFile(path, text);
    expect(await tryLock(path, await record())).toEqual({});
    expect(await readFile(path, "utf8")).toBe(text);
  },
);

test("tryLock() lets one of several takers win, however their steps interleave", async () => {
  const dead = await deadRecord();
  const takers = await Promise.all([record("one"), record("two"), record("three")]);
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.boolean(), async (scheduler, heldByDead) => {
      const path = join(await temporaryFolder(), "lock");
      if (heldByDead) await tryLock(path, dead);
      const files = delayed(() => scheduler.schedule(Promise.resolve()));
      const taking = takers.map((one) => tryLock(path, one, files));
      const results = await scheduler.waitFor(Promise.all(taking));
      const winners = takers.filter((_, n) => results[n] === undefined);
      expect(winners).toHaveLength(1);
      expect(await isHeld(path, winners[0]?.token ?? "")).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test("tryLock() never lets two processes in, though holders are killed all the time", {
  timeout: 120_000,
}, async () => {
  const folder = await temporaryFolder();
  const [path, log] = [join(folder, "lock"), join(folder, "log")];
  await writeFile(log, "");
  // Each dies while it holds the lock, but the last.
  const workers = [25, 40, 55, Number.POSITIVE_INFINITY].map((dieAt) => worker(path, log, 70, dieAt));
  const codes = await Promise.all(workers.map(async (child) => (await once(child, "exit"))[1] ?? "done"));
  expect(codes).toEqual(["SIGKILL", "SIGKILL", "SIGKILL", "done"]);
  const lines = (await readFile(log, "utf8")).trim().split("\n");
  const overlaps = lines.filter((line, n) => {
    const [what, who] = line.split(" ");
    const [before, holder] = (lines[n - 1] ?? "out nobody").split(" ");
    return what === "in" ? before === "in" && !holder?.startsWith("dies") : before !== "in" || holder !== who;
  });
  expect(overlaps).toEqual([]);
  expect(lines.filter((line) => line.startsWith("in "))).toHaveLength(25 + 40 + 55 + 70);
});

test("tryLock() does without hard links where a file system has none", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "lock");
  const files: Files = { ...systemFiles, link: () => Promise.reject(coded("EPERM")) };
  const mine = await record();
  expect(await tryLock(path, mine, files)).toBeUndefined();
  expect(await tryLock(path, await record(), files)).toEqual({ record: mine });
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
    expect(await tryLock(path, await record(), { ...systemFiles, link })).toEqual({ record: rival });
  }
});

test.each(["EACCES", "EROFS"])("tryLock() rejects with what the file system says (%s)", async (code) => {
  const folder = await temporaryFolder();
  const files: Files = { ...systemFiles, link: () => Promise.reject(coded(code)) };
  await expect(tryLock(join(folder, "lock"), await record(), files)).rejects.toMatchObject({ code });
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
  await expect(tryLock(path, await record(), files)).rejects.toMatchObject({ code: "ENOSPC" });
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
  expect(await removeLock(path, await record())).toEqual({ record: mine });
  await writeFile(path, "");
  expect(await removeLock(path, await record())).toEqual({});
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
  await sweepClaims(path);
  expect((await readdir(folder)).sort()).toEqual(["lock", "lock.txt"]);
});
