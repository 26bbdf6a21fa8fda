import { entryDocument } from "../../render/ledger-json.ts";
import { renderLedgerEntry } from "../../render/ledger-text.ts";
import { requireEntry, requireLedger } from "../owned.ts";
import type { RunContext } from "../run.ts";
import { withSession } from "../session.ts";

/** `cairn ledger show ADDR`: one entry whole. */
export function runLedgerShow(context: RunContext): Promise<number> {
  const { options, output } = context;
  return withSession(
    context,
    options,
    async (session) => {
      const { kinds } = session.project;
      const entry = requireEntry(await requireLedger(session), context.arguments[0] ?? "");
      output.json(entryDocument(entry, kinds));
      output.text(renderLedgerEntry(entry, { kinds, paint: await output.paint("stdout") }));
      return 0;
    },
    { manifests: false },
  );
}
