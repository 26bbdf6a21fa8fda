import { ledgerText } from "../../ledger/ledger-document.ts";
import { requireLedger } from "../owned.ts";
import type { RunContext } from "../run.ts";
import { withSession } from "../session.ts";

/** `cairn ledger pull`: the stored ledger as it would stand in a file, whatever backend keeps it. */
export function runLedgerPull(context: RunContext): Promise<number> {
  const { options, output } = context;
  const pull = async ({ backend }: Parameters<Parameters<typeof withSession>[2]>[0]): Promise<number> => {
    const ledger = await requireLedger({ backend });
    output.text(ledgerText(ledger));
    output.json(ledger);
    return 0;
  };
  return withSession(context, options, pull, { manifests: false });
}
