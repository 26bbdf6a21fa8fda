import type { RunContext } from "../run.ts";
import { withSession } from "../session.ts";

/** `cairn ledger unlock`: removes the lock, whoever holds it. */
export function runLedgerUnlock(context: RunContext): Promise<number> {
  const { options, output } = context;
  return withSession(
    context,
    options,
    async ({ backend }) => {
      const holder = await backend.unlock();
      if (holder === undefined) output.text("there was no lock\n");
      else if (holder === "unknown") output.text("removed a lock that could not be read\n");
      else {
        const { pid, host, user, command, since } = holder;
        output.text(`removed the lock of process ${pid} on ${host} (${user}, "${command}", since ${since})\n`);
      }
      output.json({ removed: holder ?? null });
      return 0;
    },
    { manifests: false },
  );
}
