import { commandText } from "../command-text.ts";
import { requireEntry, requireLedger } from "../owned.ts";
import type { RunContext } from "../run.ts";
import { withSession } from "../session.ts";

/** `cairn ledger forget ADDR`: gives up the ownership of one object, which itself stays. */
export function runLedgerForget(context: RunContext): Promise<number> {
  const { options, output } = context;
  return withSession(context, options, async (session) => {
    const { backend } = session;
    // Where nothing is owned nothing is written, not even a lock.
    requireEntry(await requireLedger(session), context.arguments[0] ?? "");
    const lock = await backend.lock(commandText("ledger forget", options), options.lockTimeout);
    try {
      const ledger = await requireLedger(session);
      const { address, id } = requireEntry(ledger, context.arguments[0] ?? "");
      const entries = Object.fromEntries(Object.entries(ledger.entries).filter(([key]) => key !== address));
      await lock.write({ ...ledger, entries, serial: ledger.serial + 1 });
      output.text(`${address} (id ${id}) is no longer owned; the object itself was not touched\n`);
      output.json({ forgotten: address, id });
      return 0;
    } finally {
      await lock.release();
    }
  });
}
