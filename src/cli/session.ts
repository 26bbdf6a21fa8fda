import type { Diagnostic } from "../core/errors.ts";
import type { LedgerBackend, LedgerLock } from "../ledger/backend.ts";
import { type Connections, openConnections } from "./connections.ts";
import { diagnosticsOf } from "./failure.ts";
import { openLedger } from "./ledger-of.ts";
import { openProject, type ProjectParts } from "./open-project.ts";
import type { Options } from "./options.ts";
import type { Project } from "./project.ts";
import type { RunContext } from "./run.ts";

/** A project with its ledger and its clouds at hand. */
export type Session = { readonly project: Project; readonly backend: LedgerBackend; readonly connections: Connections };

/**
 * Opens the project that the options name, lets `use` work with it, and closes every connection. Warnings are shown. Without
 * its manifests a project wants nothing, and nothing that is wrong with them matters. As long as the lock of the ledger is
 * taken, each call that changes something is preceded by a look whether it still is.
 */
export async function withSession<T>(
  context: RunContext,
  choice: Pick<Options, "stack" | "vars">,
  use: (session: Session) => Promise<T>,
  parts: ProjectParts = { manifests: true },
): Promise<T> {
  const { project, warnings } = openProject(context, choice, parts);
  await context.output.diagnostics(warnings);
  const { backend, requireLock } = watched(await openLedger(project, context), context);
  const connections = openConnections(project, context, requireLock);
  try {
    return await use({ project, backend, connections });
  } finally {
    await Promise.all([connections.close(), backend.close()]);
  }
}

/** The backend, and what rejects (`E_LOCKED`) where the lock that was taken from it has been lost since. */
function watched(
  backend: LedgerBackend,
  { output }: RunContext,
): { readonly backend: LedgerBackend; readonly requireLock: () => Promise<void> } {
  let held: LedgerLock | undefined;
  const lock = async (command: string, timeoutMs: number): Promise<LedgerLock> => {
    const taken = await backend.lock(command, timeoutMs);
    held = taken;
    const release = async (): Promise<void> => {
      held = undefined;
      // What the run itself met tells more than this.
      await taken.release().catch((error: unknown) => output.diagnostics(diagnosticsOf(error).map(asWarning)));
    };
    return { ...taken, release };
  };
  return { backend: { ...backend, lock }, requireLock: async () => held?.check() };
}

function asWarning(diagnostic: Diagnostic): Diagnostic {
  return { ...diagnostic, severity: "warning" };
}
