// Run as a process of its own by atomic-write.test.ts, until it is killed: writes two texts to a file by turns.
import { writeAtomically } from "../../src/ledger/atomic-write.ts";

const path = process.argv[2] ?? "";
for (let turn = 1; ; turn += 1) {
  await writeAtomically(path, (turn % 2 === 0 ? "a" : "b").repeat(300_000));
  if (turn === 1) process.stdout.write("writing\n");
}
