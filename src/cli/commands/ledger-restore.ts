import { failure } from "../../core/errors.ts";
import type { LedgerState } from "../../core/ledger.ts";
import type { LedgerBackend } from "../../ledger/backend.ts";
import { replaceLedger } from "../replace-ledger.ts";
import type { RunContext } from "../run.ts";
import { type Session, withSession } from "../session.ts";

/** So many serials are named where another one is asked for. */
const named = 10;

/** `cairn ledger restore SERIAL`: a kept version becomes the stored ledger. */
export function runLedgerRestore(context: RunContext): Promise<number> {
  const { options } = context;
  const [text = ""] = context.arguments;
  const serial = serialIn(text);
  const restore = async ({ backend }: Session): Promise<number> => {
    const given = await requireKept(backend, serial);
    const wish = { name: "ledger restore", typed: `cairn ledger restore ${serial}` };
    // That a kept version is older than what is stored goes without saying.
    return replaceLedger(context, backend, { ...wish, given, guards: ["lineage", "intents", "damaged"] });
  };
  return withSession(context, options, restore, { manifests: false });
}

function serialIn(text: string): number {
  const serial = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(serial)) return serial;
  throw failure("E_USAGE", `a serial is a whole number; got "${text}"`, {
    help: "cairn ledger history lists those that are kept",
  });
}

async function requireKept(backend: LedgerBackend, serial: number): Promise<LedgerState> {
  const found = await backend.kept(serial);
  if (found !== undefined) return found;
  const serials = [...new Set((await backend.history()).map((one) => one.serial))];
  const rest = serials.length > named ? ` and ${serials.length - named} older ones` : "";
  const help =
    serials.length === 0
      ? "nothing is kept yet; a copy of the ledger in a file is stored by cairn ledger push FILE"
      : `kept are ${serials.slice(0, named).join(", ")}${rest}; cairn ledger history tells more`;
  throw failure("E_TARGET", `no version of serial ${serial} is kept`, { place: { file: backend.location }, help });
}
