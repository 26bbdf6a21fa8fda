import { type FileBackend, fileBackend } from "../ledger/file-backend.ts";
import type { Project } from "./project.ts";
import type { RunContext } from "./run.ts";

/** The ledger of a project and stack. */
export function openLedger(
  project: Pick<Project, "ledgerPath" | "name" | "stack" | "root">,
  { world, signal, output }: RunContext,
): FileBackend {
  const { ledgerPath: path, name, stack, root } = project;
  return fileBackend({
    path,
    project: name,
    root,
    clock: world.clock,
    signal,
    onWait: (holder) => output.message("info", `waiting for the lock of ${holder}\n`),
    ...(world.lease === undefined ? {} : { lease: world.lease }),
    ...(stack === undefined ? {} : { stack }),
  });
}
