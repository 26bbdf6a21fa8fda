import { failure } from "../core/errors.ts";
import { wording } from "../core/wording.ts";
import type { LedgerBackend } from "../ledger/backend.ts";
import type { BackendKind } from "../ledger/backend-kind.ts";
import { backendKinds } from "./backend-kinds.ts";
import type { Project } from "./project.ts";
import type { RunContext } from "./run.ts";

/** The schema of each backend's settings. */
export const ledgerSettings = new Map([...backendKinds].map(([name, { settings }]) => [name, settings]));

/** The ledger of a project and stack, in the place that the settings lead to. */
export async function openLedger(
  { ledger, name: project, stack, root }: Pick<Project, "ledger" | "name" | "stack" | "root">,
  { world, signal, output }: Pick<RunContext, "world" | "signal" | "output">,
): Promise<LedgerBackend> {
  const kind = requireKind(ledger);
  const { env, clock, random, fetch, lease } = world;
  return kind.open(ledger, {
    ...{ project, root, env, clock, random, signal },
    onWait: (holder) => output.message("info", `waiting for the lock of ${holder}\n`),
    ...(fetch === undefined ? {} : { fetch }),
    ...(lease === undefined ? {} : { lease }),
    ...(stack === undefined ? {} : { stack }),
  });
}

/** Where `backend` is an interpolation, its settings have not been looked at while cairn.yaml was read. */
function requireKind(ledger: Project["ledger"]): BackendKind {
  const place = { file: "cairn.yaml" };
  const kind = backendKinds.get(ledger.backend);
  if (kind === undefined) {
    const message = `ledger.backend must be one of ${[...backendKinds.keys()].join(", ")}; got "${ledger.backend}"`;
    throw failure("E_CONFIG", message, { place });
  }
  const { error } = kind.settings.safeParse(ledger, { error: wording });
  if (error === undefined) return kind;
  const fault = error.issues.map(({ path, message }) => `${["ledger", ...path].join(".")} ${message}`).join("; ");
  throw failure("E_CONFIG", fault, { place });
}
