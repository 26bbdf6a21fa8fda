import type { FileBackend } from "../ledger/file-backend.ts";
import { type Connections, openConnections } from "./connections.ts";
import { openLedger } from "./ledger-of.ts";
import { openProject } from "./open-project.ts";
import type { Options } from "./options.ts";
import type { Project } from "./project.ts";
import type { RunContext } from "./run.ts";

/** A project with its ledger and its clouds at hand. */
export type Session = { readonly project: Project; readonly backend: FileBackend; readonly connections: Connections };

/**
 * Opens the project that the options name, lets `use` work with it, and closes every connection. Warnings are shown. Without
 * its manifests a project wants nothing, and nothing that is wrong with them matters.
 */
export async function withSession<T>(
  context: RunContext,
  choice: Pick<Options, "stack" | "vars">,
  use: (session: Session) => Promise<T>,
  parts: { readonly manifests: boolean } = { manifests: true },
): Promise<T> {
  const { project, warnings } = openProject(context, choice, parts);
  await context.output.diagnostics(warnings);
  const connections = openConnections(project, context);
  try {
    return await use({ project, backend: openLedger(project, context), connections });
  } finally {
    await connections.close();
  }
}
