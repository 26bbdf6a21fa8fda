import { ledgerDocument } from "../../render/ledger-json.ts";
import { renderLedgerList } from "../../render/ledger-text.ts";
import { requireLedger } from "../owned.ts";
import type { RunContext } from "../run.ts";
import { withSession } from "../session.ts";

/** `cairn ledger list`: what is owned. */
export function runLedgerList(context: RunContext): Promise<number> {
  const { options, output } = context;
  return withSession(
    context,
    options,
    async (session) => {
      const ledger = await requireLedger(session);
      output.json(ledgerDocument(ledger, session.project.kinds));
      output.text(renderLedgerList(ledger, await output.paint("stdout")));
      return 0;
    },
    { manifests: false },
  );
}
