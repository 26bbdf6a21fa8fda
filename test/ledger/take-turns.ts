// Run as a process of its own by lock-race.test.ts: takes a lock again and again, and is killed while it holds it.
import { appendFile } from "node:fs/promises";
import { dropLock, tryLock } from "../../src/ledger/lock-file.ts";
import { newRecord } from "../../src/ledger/lock-record.ts";

const [path = "", log = "", rounds = "", dieAt = ""] = process.argv.slice(2);

for (let round = 1; round <= Number(rounds); round += 1) {
  const record = await newRecord("take turns", new Date().toISOString());
  while ((await tryLock(path, record)) !== undefined)
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
  const who = round === Number(dieAt) ? `dies-${record.token}` : record.token;
  await appendFile(log, `in ${who}\n`);
  if (round === Number(dieAt)) process.kill(process.pid, "SIGKILL");
  await appendFile(log, `out ${who}\n`);
  await dropLock(path, record.token);
}
