import { readdir, rm, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CairnError } from "../../src/core/errors.ts";
import type { Clock } from "../../src/core/provider.ts";
import { systemClock } from "../../src/http/clock.ts";
import { type Files, systemFiles } from "../../src/ledger/files.ts";
import { readLock } from "../../src/ledger/lock-record.ts";
import { ownUser } from "../../src/ledger/process-life.ts";
import { takeLock } from "../../src/ledger/take-lock.ts";
import { deadRecord } from "./lock-records.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const location = ".cairn/ledger.json";
const clock: Clock = { ...systemClock, now: () => Date.parse("2026-11-21T10:00:00Z") };
const atOnce = { timeoutMs: 0, clock };

async function refusal(work: Promise<unknown>): Promise<CairnError> {
  const error: unknown = await work.catch((caught) => caught);
  if (error instanceof CairnError) return error;
  throw new Error(`not refused: ${String(error)}`);
}

test("takeLock() refuses the second one at once, and names the holder, its command, its time and the cure", async () => {
  const path = join(await temporaryFolder(), "lock");
  await takeLock(path, "cairn apply --stack prod", location, atOnce);
  const error = await refusal(takeLock(path, "cairn apply", location, atOnce));
  expect(error.diagnostics).toEqual([
    {
      severity: "error",
      code: "E_LOCKED",
      place: { file: location },
      message: `the ledger is locked by "cairn apply --stack prod" (pid ${process.pid} on ${hostname()}, user ${ownUser()}) since 2026-11-21T10:00:00.000Z`,
      help: "wait for it with --lock-timeout 10m: a run that died frees it 30 s after its last sign of life; if it is certain that it is gone: cairn ledger unlock",
    },
  ]);
});

test("takeLock() says that it cannot read the lock, and how to remove it", async () => {
  const path = join(await temporaryFolder(), "lock");
  await writeFile(path, "");
  const error = await refusal(takeLock(path, "cairn apply", location, atOnce));
  expect(error.diagnostics).toMatchObject([
    {
      code: "E_LOCKED",
      message: "the ledger is locked by an unknown holder: its lock file is not readable",
      help: `if no run of cairn is at work on it: cairn ledger unlock (removes ${path})`,
    },
  ]);
});

test("takeLock() gets the lock as soon as the holder gives it back", async () => {
  const path = join(await temporaryFolder(), "lock");
  const first = await takeLock(path, "cairn apply", location, atOnce);
  setTimeout(() => void first.release(), 100);
  const second = await takeLock(path, "cairn apply", location, { timeoutMs: 20_000, clock: systemClock });
  expect(await second.isStillHeld()).toBe(true);
  expect(await first.isStillHeld()).toBe(false);
});

test("takeLock() waits no longer than it may", async () => {
  const path = join(await temporaryFolder(), "lock");
  await takeLock(path, "cairn apply", location, atOnce);
  const began = performance.now();
  const error = await refusal(takeLock(path, "cairn apply", location, { timeoutMs: 300, clock: systemClock }));
  expect(error.code).toBe("E_LOCKED");
  expect(performance.now() - began).toBeGreaterThan(280);
});

test("takeLock() stops waiting when the signal aborts", async () => {
  const path = join(await temporaryFolder(), "lock");
  await takeLock(path, "cairn apply", location, atOnce);
  const run = new AbortController();
  setTimeout(() => run.abort(), 50);
  const wait = { timeoutMs: 60_000, clock: systemClock, signal: run.signal };
  const error = await refusal(takeLock(path, "cairn plan", location, wait));
  expect(error.code).toBe("E_INTERRUPTED");
  expect(error.message).toMatch(/^interrupted while waiting for "cairn apply" \(pid /);
});

test("release() is harmless when called twice, and after somebody else has taken the lock", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "lock");
  const first = await takeLock(path, "cairn apply", location, atOnce);
  await first.release();
  await first.release();
  expect(await readdir(folder)).toEqual([]);
  const second = await takeLock(path, "cairn apply", location, atOnce);
  await first.release();
  expect(await second.isStillHeld()).toBe(true);
  await rm(path);
  expect(await second.isStillHeld()).toBe(false);
});

test("takeLock() gives the lock back where what others left cannot be swept away", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "lock");
  const broken = (): Promise<never> => Promise.reject(Object.assign(new Error("EIO"), { code: "EIO" }));
  const files: Files = { ...systemFiles, readdir: broken };
  await expect(takeLock(path, "cairn apply", location, { ...atOnce, files })).rejects.toMatchObject({ code: "EIO" });
  expect(await readdir(folder)).toEqual([]);
});

test("takeLock() tells when the holder died from whom it took the lock, and nothing of a lock that was free", async () => {
  const path = join(await temporaryFolder(), "lock");
  expect((await takeLock(path, "cairn apply", location, atOnce)).diedAt).toBeUndefined();
  await writeFile(path, JSON.stringify(await deadRecord()));
  await utimes(path, 1_700_000_000, 1_700_000_000);
  expect((await takeLock(path, "cairn apply", location, atOnce)).diedAt).toBe(1_700_000_000_000);
});

test("takeLock() renews what it holds, and stops that with the release", async () => {
  const path = join(await temporaryFolder(), "lock");
  const held = await takeLock(path, "cairn apply", location, { ...atOnce, lease: { ms: 1000, beatMs: 20 } });
  const beats = new Set<string | undefined>();
  await expect.poll(async () => beats.add((await readLock(path))?.beat).size).toBeGreaterThan(3);
  await held.release();
  expect(await held.renew()).toBe(false);
});
