import { resolve } from "node:path";
import { providers } from "../../providers/index.ts";
import type { Diagnostic } from "../core/errors.ts";
import type { BaseRevision } from "../core/plan-input.ts";
import { loadConfig } from "../manifest/config.ts";
import type { Files } from "../manifest/files.ts";
import { loadManifests } from "../manifest/load.ts";
import { filesAtRevision } from "../manifest/revision-files.ts";
import { providerSettings } from "./open-project.ts";
import type { Options } from "./options.ts";
import type { RunContext } from "./run.ts";

/** What a revision wants, and a warning where its files have faults: what could not be loaded counts as not declared there. */
export type LoadedBase = { readonly base: BaseRevision; readonly warnings: readonly Diagnostic[] };

/**
 * Loads `cairn.yaml`, manifests and `$file`s as a git revision has them, with the environment and the variables of now. A
 * revision without `cairn.yaml` or without the stack wants nothing. `E_READ` where git does not know the revision.
 */
export function loadBase(
  { world, options }: Pick<RunContext, "world" | "options">,
  ref: string,
  choice: Pick<Options, "stack" | "vars">,
): LoadedBase {
  const { commit, files } = filesAtRevision(resolve(world.cwd, options.directory), ref);
  const { specs, faults } = specsOf(files, world.env, choice);
  return { base: { ref, commit, specs }, warnings: faults.length === 0 ? [] : [incomplete(ref, faults)] };
}

type Specs = { readonly specs: BaseRevision["specs"]; readonly faults: readonly Diagnostic[] };

function specsOf(
  files: Files,
  env: RunContext["world"]["env"],
  { stack, vars }: Pick<Options, "stack" | "vars">,
): Specs {
  const request = { files, env, vars, settings: providerSettings, credentials: false };
  const { config, diagnostics } = loadConfig(request);
  if (config === undefined) return { specs: new Map(), faults: errorsIn(diagnostics) };
  const chosen = config.forStack(stack);
  if (chosen.config === undefined) return { specs: new Map(), faults: errorsIn(chosen.diagnostics) };
  const loaded = loadManifests({ files, config: chosen.config, providers, env });
  return {
    specs: new Map(loaded.desired.map(({ address, spec }) => [address, spec])),
    faults: errorsIn(loaded.diagnostics),
  };
}

function errorsIn(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter(({ severity }) => severity === "error");
}

/** One warning: a pull request that repairs the manifests is planned all the same. */
function incomplete(ref: string, faults: readonly Diagnostic[]): Diagnostic {
  const [first] = faults;
  const more = faults.length === 1 ? "" : ` (and ${faults.length - 1} more)`;
  const { file, line } = first?.place ?? {};
  const at = file === undefined ? "" : `${file}${line === undefined ? "" : `:${line}`}: `;
  return {
    severity: "warning",
    code: "E_READ",
    message: `the manifests of ${ref} cannot all be loaded: ${at}${first?.message ?? ""}${more}`,
    help: "what they declare counts as new: its differences are shown as intended",
  };
}
