import { utimes } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { emptyLedger } from "../../src/core/ledger.ts";
import { type FileBackendOptions, fileBackend } from "../../src/ledger/file-backend.ts";
import { moveElsewhere, startHolder } from "./holder.ts";
import { faultsOf } from "./open-backend.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const lease = { ms: 1000, beatMs: 80 };
const lost = "the lock on the ledger was lost: nothing more is written or changed";

function open(root: string, rest: Partial<FileBackendOptions> = {}) {
  return fileBackend({ path: "ledger.json", project: "storefront", root, lease, ...rest });
}

/** Dates the lock back, as if its holder had died long ago or had a clock that is wrong. */
async function dateBack(root: string): Promise<void> {
  const then = new Date(Date.now() - 3_600_000);
  await utimes(join(root, "ledger.json.lock"), then, then);
}

test("the lock of a killed process of this machine is free at once", async () => {
  const root = await temporaryFolder();
  const holder = await startHolder(root, lease);
  expect((await faultsOf(open(root).lock("cairn apply", 0)))[0]?.message).toContain(
    `"hold ledger" (pid ${holder.pid} on ${hostname()}`,
  );
  await holder.signal("SIGKILL");
  await (await open(root).lock("cairn apply", 0)).release();
});

test("the lock of a process of another machine is free a lease after that was killed, and not before", async () => {
  const root = await temporaryFolder();
  const holder = await startHolder(root, lease);
  await moveElsewhere(root);
  // It lives: its lock outlasts the lease that it was taken with.
  expect(await faultsOf(open(root).lock("cairn apply", 1.3 * lease.ms))).toMatchObject([{ code: "E_LOCKED" }]);
  expect(await holder.order("check")).toBe("check: done");
  await holder.signal("SIGKILL");
  const waits: string[] = [];
  const began = performance.now();
  const lock = await open(root, { onWait: (who) => waits.push(who) }).lock("cairn apply", 60_000);
  expect(performance.now() - began).toBeGreaterThan(lease.ms - 1);
  expect(waits).toEqual([expect.stringMatching(/^"hold ledger" \(pid \d+ on elsewhere, user .*\) since /)]);
  await lock.write({ ...emptyLedger("storefront", undefined, "5f0c"), serial: 1 });
});

test("a lock whose holder seems long dead is watched for a lease also by who would not wait, and then taken", async () => {
  const root = await temporaryFolder();
  const holder = await startHolder(root, lease);
  await moveElsewhere(root);
  await holder.signal("SIGKILL");
  await dateBack(root);
  const began = performance.now();
  await open(root).lock("cairn apply", 0);
  expect(performance.now() - began).toBeGreaterThan(lease.ms - 1);
});

test("a holder whose clock is wrong keeps its lock: what counts is that it gives signs of life", async () => {
  const root = await temporaryFolder();
  await startHolder(root, { ms: 60_000, beatMs: 60_000 });
  await moveElsewhere(root);
  await dateBack(root);
  const beat = setInterval(() => void dateBack(root), lease.ms / 4);
  expect(await faultsOf(open(root).lock("cairn apply", 0))).toMatchObject([{ code: "E_LOCKED" }]);
  clearInterval(beat);
});

test("a stopped holder that wakes up after its lease neither writes nor goes on", async () => {
  const root = await temporaryFolder();
  const holder = await startHolder(root, lease);
  expect(await holder.order("check")).toBe("check: done");
  await holder.signal("SIGSTOP");
  const lock = await open(root).lock("cairn apply", 60_000);
  const state = { ...emptyLedger("storefront", undefined, "5f0c"), serial: 1 };
  await lock.write(state);
  await holder.signal("SIGCONT");
  expect(await holder.order("check")).toBe(`check: CairnError: ${lost}`);
  expect(await holder.order("write")).toBe(`write: CairnError: ${lost}`);
  // Its signs of life are for its own lock, and its end gives back nothing that is not its own.
  await holder.signal("SIGKILL");
  await lock.write({ ...state, serial: 2 });
  expect(await open(root).read()).toMatchObject({ serial: 2 });
});

test("a stopped holder that wakes up before anybody wanted its lock goes on", async () => {
  const root = await temporaryFolder();
  const holder = await startHolder(root, { ms: 100, beatMs: 20 });
  await holder.signal("SIGSTOP");
  await new Promise((resolve) => setTimeout(resolve, 400));
  await holder.signal("SIGCONT");
  expect(await holder.order("check")).toBe("check: done");
  expect(await holder.order("write")).toBe("write: done");
});
