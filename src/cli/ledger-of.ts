import { type FileBackend, fileBackend } from "../ledger/file-backend.ts";
import type { Project } from "./project.ts";
import type { RunContext } from "./run.ts";

/** The ledger of a project and stack. */
export function openLedger(project: Project, { world, signal }: RunContext): FileBackend {
  const { ledgerPath: path, name, stack, root } = project;
  return fileBackend({
    path,
    project: name,
    root,
    clock: world.clock,
    signal,
    ...(stack === undefined ? {} : { stack }),
  });
}
