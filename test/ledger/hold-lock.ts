// Run as a process of its own by take-lock.test.ts: holds a lock until it is killed.
import { systemClock } from "../../src/http/clock.ts";
import { takeLock } from "../../src/ledger/take-lock.ts";

await takeLock(process.argv[2] ?? "", "hold lock", "ledger.json", { timeoutMs: 0, clock: systemClock });
process.stdout.write("held\n");
await systemClock.sleep(600_000);
