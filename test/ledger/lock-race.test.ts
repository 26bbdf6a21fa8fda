import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { tryLock } from "../../src/ledger/lock-file.ts";
import { isHeld } from "../../src/ledger/lock-record.ts";
import { delayedFiles } from "./delayed-files.ts";
import { deadRecord, record } from "./lock-records.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** A process of its own that takes the lock at `path` so and so often and notes in `log` when it comes and goes. */
function worker(path: string, log: string, rounds: number, dieAt: number): ChildProcess {
  const script = new URL("./take-turns.ts", import.meta.url);
  const args = ["--import", "tsx", script.pathname, path, log, String(rounds), String(dieAt)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

test("tryLock() lets one of several takers win, however their steps interleave", { timeout: 60_000 }, async () => {
  const dead = await deadRecord();
  const takers = await Promise.all([record("one"), record("two"), record("three")]);
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.boolean(), async (scheduler, heldByDead) => {
      const path = join(await temporaryFolder(), "lock");
      if (heldByDead) await tryLock(path, dead);
      const files = delayedFiles(() => scheduler.schedule(Promise.resolve()));
      const taking = takers.map((one) => tryLock(path, one, { files }));
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
