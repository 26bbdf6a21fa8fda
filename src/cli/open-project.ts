import { statSync } from "node:fs";
import { resolve } from "node:path";
import { kindsOf, providers } from "../../providers/index.ts";
import type { Address } from "../core/address.ts";
import { CairnError, type Diagnostic, failure } from "../core/errors.ts";
import { type Config, loadConfig, type StackConfig } from "../manifest/config.ts";
import { filesOnDisk } from "../manifest/files.ts";
import { type LoadedManifests, type LoadRequest, loadManifests } from "../manifest/load.ts";
import { ledgerSettings } from "./ledger-of.ts";
import type { Options } from "./options.ts";
import type { Project } from "./project.ts";
import type { RunContext } from "./run.ts";

/** Every kind of every provider. */
export const kinds = kindsOf(providers);

/** The schema of each provider's settings. */
export const providerSettings = new Map(providers.map((provider) => [provider.name, provider.settings]));

type Source = Pick<RunContext, "world" | "options" | "output">;

/** The configuration of the project folder; `credentials`: whether calls will be made. Throws every fault of the file. */
export function openConfig({ world, options }: Source, vars: Options["vars"], credentials: boolean): Config {
  const folder = resolve(world.cwd, options.directory);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw failure("E_CONFIG", `there is no folder "${options.directory}"; name the project folder with -C`);
  }
  const files = filesOnDisk(folder);
  const request = { files, env: world.env, vars, settings: providerSettings, backends: ledgerSettings, credentials };
  const { config, diagnostics } = loadConfig(request);
  if (config === undefined) throw new CairnError(diagnostics);
  return config;
}

/** `E_USAGE` where there are stacks and none is chosen. */
export function requireStack({ stacks }: Config, chosen: string | undefined): void {
  if (chosen !== undefined || stacks.length === 0) return;
  throw failure("E_USAGE", "this project has stacks, and none is chosen", {
    help: `add --stack and one of ${stacks.join(", ")}`,
  });
}

/** What the manifests of one stack want, and everything that is wrong with them. */
export function loadStack(
  { world, options }: Pick<RunContext, "world" | "options">,
  config: StackConfig,
  rest: Partial<Pick<LoadRequest, "standIn" | "files">> = {},
): LoadedManifests {
  const files = filesOnDisk(resolve(world.cwd, options.directory));
  return loadManifests({ files, config, providers, env: world.env, ...rest });
}

/** What of a project is opened beside its configuration: its manifests, none of them, or what of them is legible. */
export type ProjectParts = { readonly manifests: boolean | "legible" };

/**
 * The project and stack that a run works on, with warnings. Throws every fault of configuration and manifests at once;
 * `E_USAGE` where there are stacks and none is chosen. Where legible manifests are enough, nothing that is wrong with them is told.
 */
export function openProject(
  context: Source,
  { stack, vars }: Pick<Options, "stack" | "vars">,
  parts: ProjectParts = { manifests: true },
): { readonly project: Project; readonly warnings: readonly Diagnostic[] } {
  const config = openConfig(context, vars, true);
  context.output.about({ project: config.project, ...(stack === undefined ? {} : { stack }) });
  requireStack(config, stack);
  const chosen = config.forStack(stack);
  if (chosen.config === undefined) throw new CairnError(chosen.diagnostics);
  const none: LoadedManifests = { desired: [], diagnostics: [] };
  const { desired, diagnostics } = parts.manifests === false ? none : loadStack(context, chosen.config);
  const all = [...chosen.diagnostics, ...(parts.manifests === "legible" ? [] : diagnostics)];
  if (all.some(({ severity }) => severity === "error")) throw new CairnError(all);
  const project = projectOf(context, chosen.config, desired);
  context.output.about({ project: project.name, aliasOf: aliasesOf(project) });
  return { project, warnings: all };
}

/** The provider alias of what is declared, where another alias leads to a provider of the same name. */
function aliasesOf({ desired, clouds, providerOf }: Project): (address: Address) => string | undefined {
  const name = (alias: string): string => providerOf(alias).provider.name;
  const isOneOfSeveral = (alias: string): boolean =>
    [...clouds.keys()].some((other) => other !== alias && name(other) === name(alias));
  return (address) => {
    const alias = desired.find((one) => one.address === address)?.provider;
    return alias !== undefined && clouds.has(alias) && isOneOfSeveral(alias) ? alias : undefined;
  };
}

function projectOf({ world, options }: Source, config: StackConfig, desired: Project["desired"]): Project {
  const providerOf = (alias: string): ReturnType<Project["providerOf"]> => {
    const configured = config.providers.get(alias);
    const provider = providers.find(({ name }) => name === configured?.provider);
    if (configured === undefined || provider === undefined) {
      throw failure("E_CONFIG", `no provider is configured as ${alias}`, {
        help: "name it under providers in cairn.yaml",
      });
    }
    return { provider, settings: configured.settings, sources: configured.sources };
  };
  const cloudOf = (alias: string) => {
    const { provider, settings: own } = providerOf(alias);
    return provider.cloudOf(own);
  };
  const { project: name, stack, guards, adopt, pace, ledger, variables } = config;
  return {
    root: resolve(world.cwd, options.directory),
    name,
    ...(stack === undefined ? {} : { stack }),
    kinds,
    desired,
    clouds: new Map([...config.providers.keys()].map((alias) => [alias, cloudOf(alias)])),
    providerOf,
    guards,
    adopt,
    pace,
    ledger,
    variables,
  };
}
