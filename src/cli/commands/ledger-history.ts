import { renderLedgerHistory } from "../../render/ledger-history.ts";
import type { RunContext } from "../run.ts";
import { type Session, withSession } from "../session.ts";

/** `cairn ledger history`: the versions of the ledger that are kept. */
export function runLedgerHistory(context: RunContext): Promise<number> {
  const { options, output } = context;
  const show = async ({ backend }: Session): Promise<number> => {
    const { location } = backend;
    const history = await backend.history();
    output.json({ location, history });
    output.text(renderLedgerHistory(history, location));
    return 0;
  };
  return withSession(context, options, show, { manifests: false });
}
