import { ledgerText } from "../../ledger/ledger-document.ts";
import { safeJson } from "../../render/safe-text.ts";
import { requireLedger } from "../owned.ts";
import type { RunContext } from "../run.ts";
import { type Session, withSession } from "../session.ts";

/** `cairn ledger pull`: the stored ledger as it would stand in a file, whatever backend keeps it. */
export function runLedgerPull(context: RunContext): Promise<number> {
  const { world, options, output } = context;
  const pull = async ({ backend }: Session): Promise<number> => {
    const ledger = await requireLedger({ backend });
    const text = ledgerText(ledger);
    // What a cloud called its objects must not steer a terminal; whatever else reads it gets every byte.
    output.text(world.stdout.isTTY ? safeJson(text) : text);
    output.json(ledger);
    return 0;
  };
  return withSession(context, options, pull, { manifests: false });
}
