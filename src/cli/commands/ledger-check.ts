import { otherClouds } from "../../core/clouds.ts";
import { CairnError } from "../../core/errors.ts";
import { ledgerFaults } from "../../core/ledger-faults.ts";
import { renderLedgerCheck } from "../../render/ledger-check.ts";
import { requireLedger } from "../owned.ts";
import type { RunContext } from "../run.ts";
import { withSession } from "../session.ts";

/**
 * `cairn ledger check`: whether the ledger can be read and is sound, what an interrupted run left open, and who holds its lock. Reads
 * only. Faults end it as they would end a plan.
 */
export function runLedgerCheck(context: RunContext): Promise<number> {
  const { options, output } = context;
  return withSession(
    context,
    options,
    async ({ project, backend }) => {
      const ledger = await requireLedger({ backend });
      const holder = await backend.holder();
      const faults = [...ledgerFaults(ledger, project.kinds), ...otherClouds(ledger, project.clouds, [])];
      const { lineage, serial, entries, intents } = ledger;
      const open = intents.map(({ action, entry, since }) => ({ action, address: entry.address, since }));
      const owned = Object.keys(entries).length;
      const { location } = backend;
      output.json({
        location,
        lineage,
        serial,
        owned,
        intents: open,
        lock: holder ?? null,
        sound: faults.length === 0,
      });
      output.text(renderLedgerCheck({ location, ledger, holder, isSound: faults.length === 0 }));
      if (faults.length > 0) throw new CairnError(faults);
      return 0;
    },
    { manifests: false },
  );
}
