import { spawn } from "node:child_process";
import { once } from "node:events";
import { type LockRecord, newRecord } from "../../src/ledger/lock-record.ts";

/** A record of this process, new each time. */
export function record(command = "cairn apply"): Promise<LockRecord> {
  return newRecord(command, "2026-11-21T10:00:00.000Z");
}

/** A record whose process is gone. */
export async function deadRecord(): Promise<LockRecord> {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  return { ...(await record("cairn apply (dead)")), pid: child.pid ?? 0, started: "" };
}
