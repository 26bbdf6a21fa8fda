import { CairnError, failure } from "../../core/errors.ts";
import { ledgerFaults } from "../../core/ledger-faults.ts";
import { ledgerGuards } from "../../core/ledger-guards.ts";
import { shellWord } from "../../core/shell-word.ts";
import { readGivenLedger } from "../given-ledger.ts";
import { replaceLedger } from "../replace-ledger.ts";
import type { RunContext } from "../run.ts";
import { type Session, withSession } from "../session.ts";

/** `cairn ledger push FILE`: a ledger in a file, or on standard input, becomes the stored one. */
export function runLedgerPush(context: RunContext): Promise<number> {
  const { options } = context;
  const [file = ""] = context.arguments;
  const push = async ({ project, backend }: Session): Promise<number> => {
    const given = await readGivenLedger(context, project, file);
    const faults = ledgerFaults(given, project.kinds);
    if (faults.length > 0) throw new CairnError(faults);
    // The next one has to be a whole number, too.
    if (given.serial >= Number.MAX_SAFE_INTEGER - 1) {
      throw failure("E_LEDGER", `its serial ${given.serial} leaves no room for another one`, { place: { file } });
    }
    const typed = `cairn ledger push ${shellWord(file)}`;
    return replaceLedger(context, backend, { given, guards: ledgerGuards, name: "ledger push", typed });
  };
  return withSession(context, options, push, { manifests: false });
}
