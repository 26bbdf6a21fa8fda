// Run as a process of its own: holds the lock of a ledger, and does what each line on stdin says until it is killed.
import { createInterface } from "node:readline";
import { emptyLedger } from "../../src/core/ledger.ts";
import { fileBackend } from "../../src/ledger/file-backend.ts";

const [root = "", ms = "", beatMs = ""] = process.argv.slice(2);
const backend = fileBackend({
  path: "ledger.json",
  project: "storefront",
  root,
  lease: { ms: Number(ms), beatMs: Number(beatMs) },
});
const lock = await backend.lock("hold ledger", 0);
const { serial } = (await backend.read()) ?? { serial: 0 };
const state = { ...emptyLedger("storefront", undefined, "5f0c"), serial: serial + 1 };
const orders: Readonly<Record<string, () => Promise<void>>> = {
  write: () => lock.write(state),
  check: () => lock.check(),
};
process.stdout.write("held\n");
for await (const line of createInterface({ input: process.stdin })) {
  const answer = await orders[line]?.().then(
    () => "done",
    (error: unknown) => String(error),
  );
  process.stdout.write(`${line}: ${answer}\n`);
}
