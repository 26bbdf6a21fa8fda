import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { CairnError, failure } from "../core/errors.ts";
import type { LedgerState } from "../core/ledger.ts";
import { fileCode } from "../ledger/file-fault.ts";
import { systemFiles } from "../ledger/files.ts";
import { parseLedger, requireOwner } from "../ledger/ledger-document.ts";
import { largestLedger, readLedgerFile } from "../ledger/read-ledger-file.ts";
import type { Project } from "./project.ts";
import type { RunContext } from "./run.ts";

/** What `-` stands for. */
const stdin = "standard input";

/**
 * The ledger in a file that the command line names, or (`-`) on standard input, of this project and stack. `E_FILE` where there is
 * nothing to read, `E_LEDGER` for what is no ledger, a damaged one, or another's.
 */
export async function readGivenLedger(
  context: RunContext,
  { name: project, stack }: Pick<Project, "name" | "stack">,
  file: string,
): Promise<LedgerState> {
  const location = file === "-" ? stdin : file;
  try {
    const bytes = file === "-" ? await readStdin(context) : await readFileNamed(context, file);
    const state = parseLedger(bytes, location);
    requireOwner(state, { project, location, ...(stack === undefined ? {} : { stack }) });
    return state;
  } catch (error) {
    context.signal.throwIfAborted();
    throw error instanceof CairnError ? withCure(error) : unreadable(location, error);
  }
}

async function readFileNamed({ world, options }: RunContext, file: string): Promise<Uint8Array> {
  // A link that a user names is followed, unlike one in the place of the ledger.
  const path = await realpath(resolve(world.cwd, options.directory, file));
  const bytes = await readLedgerFile(path, file, systemFiles);
  if (bytes === undefined) throw Object.assign(new Error("it is gone"), { code: "ENOENT" });
  return bytes;
}

async function readStdin({ world, signal }: RunContext): Promise<Uint8Array> {
  const bytes = await world.stdin.all(largestLedger, signal);
  if (bytes !== undefined) return bytes;
  throw failure("E_LEDGER", `is longer than ${largestLedger / 2 ** 20} MiB, more than cairn reads`, {
    place: { file: stdin },
  });
}

/** The cures of a stored ledger are none for a file that was named. */
function withCure(error: CairnError): CairnError {
  const help = "name what `cairn ledger pull` has written for this project and stack, or a copy of its ledger's file";
  return new CairnError(
    error.diagnostics.map((one) => ({ ...one, help })),
    { cause: error },
  );
}

function unreadable(location: string, cause: unknown): CairnError {
  const code = fileCode(cause);
  const help = "name a file with a ledger, or - for standard input";
  const message =
    code === "ENOENT"
      ? "there is no such file"
      : `cannot be read: ${code ?? (cause instanceof Error ? cause.message : String(cause))}`;
  return new CairnError(failure("E_FILE", message, { place: { file: location }, help }).diagnostics, { cause });
}
