import { commandText } from "../command-text.ts";
import { requireHeld, requireLedger } from "../owned.ts";
import type { RunContext } from "../run.ts";
import { withSession } from "../session.ts";

/** `cairn ledger forget ADDR`: gives up the ownership of one object, which itself stays, and what an interrupted run was about to do with it. */
export function runLedgerForget(context: RunContext): Promise<number> {
  const { options, output } = context;
  return withSession(
    context,
    options,
    async (session) => {
      const { backend } = session;
      // Where nothing is owned nothing is written, not even a lock.
      requireHeld(await requireLedger(session), context.arguments[0] ?? "");
      const lock = await backend.lock(commandText("ledger forget", options), options.lockTimeout);
      try {
        const ledger = await requireLedger(session);
        const { address, id } = requireHeld(ledger, context.arguments[0] ?? "");
        const entries = Object.fromEntries(Object.entries(ledger.entries).filter(([key]) => key !== address));
        // An open intent would make the object owned again.
        const intents = ledger.intents.filter(({ entry }) => entry.address !== address);
        await lock.write({ ...ledger, entries, intents, serial: ledger.serial + 1 });
        const named = id === undefined ? `${address}, which an interrupted run began,` : `${address} (id ${id})`;
        output.text(`${named} is no longer owned; the object itself was not touched\n`);
        output.json({ forgotten: address, ...(id === undefined ? {} : { id }) });
        return 0;
      } finally {
        await lock.release();
      }
    },
    { manifests: false },
  );
}
