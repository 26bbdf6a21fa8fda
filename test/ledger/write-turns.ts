// Run as a process of its own by writers-race.test.ts: adds entries to a ledger, and prints what it was told is stored.
import { emptyLedger } from "../../src/core/ledger.ts";
import { fileBackend } from "../../src/ledger/file-backend.ts";
import { entry } from "./ledgers.ts";

const [root = "", name = "", rounds = ""] = process.argv.slice(2);
const lease = { ms: 300, beatMs: 40 };
const backend = fileBackend({ path: "ledger.json", project: "storefront", root, lease });

process.stdout.write("ready\n");
for (let round = 1; round <= Number(rounds); round += 1) {
  const address = `App/${name}-${round}` as const;
  try {
    const lock = await backend.lock(name, 20_000);
    const stored = (await backend.read()) ?? emptyLedger("storefront", undefined, "5f0c");
    const entries = { ...stored.entries, [address]: { ...entry, address } };
    await lock.write({ ...stored, serial: stored.serial + 1, entries });
    process.stdout.write(`${address}\n`);
    await lock.release();
  } catch (error) {
    process.stdout.write(`refused ${String(error)}\n`);
  }
}
