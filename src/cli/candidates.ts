import { resolve } from "node:path";
import { kindsOf, providers } from "../../providers/index.ts";
import { explainKind, type FieldExplanation } from "../core/explain.ts";
import { byText } from "../core/values.ts";
import { type Config, loadConfig, type StackConfig } from "../manifest/config.ts";
import { filesOnDisk } from "../manifest/files.ts";
import { loadManifests } from "../manifest/load.ts";
import { providerSettings } from "./open-project.ts";
import { shells } from "./shells.ts";
import type { World } from "./world.ts";

/** What may be asked for: the addresses of a project, its stacks and so on. */
export type Subject =
  | "action"
  | "address"
  | "environment"
  | "file"
  | "format"
  | "kind"
  | "kind field"
  | "nothing"
  | "provider"
  | "shell"
  | "stack";

/** What can stand for a subject. */
export type Candidates = (subject: Subject) => readonly string[];

/**
 * What the project in a folder offers for completion: read from `cairn.yaml` and the manifests as far as they can be loaded.
 * Calls nobody; never throws.
 */
export function projectCandidates(
  world: Pick<World, "cwd" | "env">,
  choice: { readonly directory: string; readonly stack?: string; readonly actions: readonly string[] },
): Candidates {
  const files = filesOnDisk(resolve(world.cwd, choice.directory));
  const configOf = (): Config | undefined =>
    loadConfig({ files, env: world.env, vars: {}, settings: providerSettings, credentials: false }).config;
  const stackOf = (): StackConfig | undefined => {
    const config = configOf();
    // Without a stack chosen, the first one tells of the addresses that most stacks share.
    return config?.forStack(choice.stack ?? config.stacks[0]).config;
  };
  const addresses = (): readonly string[] => {
    const config = stackOf();
    if (config === undefined) return [];
    return loadManifests({ files, config, providers, env: world.env }).desired.map(({ address }) => address);
  };
  const offers: Readonly<Record<Subject, () => readonly string[]>> = {
    address: addresses,
    environment: () => addresses().flatMap((one) => (one.startsWith("Environment/") ? [one.slice(12)] : [])),
    format: () => [],
    kind: kindNames,
    "kind field": () =>
      [...kindsOf(providers).values()].flatMap((kind) => [kind.kind, ...pathsOf(explainKind(kind), kind.kind)]),
    provider: () => [...(stackOf()?.providers.keys() ?? [])],
    shell: () => shells,
    stack: () => configOf()?.stacks ?? [],
    action: () => choice.actions,
    file: () => [],
    nothing: () => [],
  };
  return (subject) => [...offers[subject]()].sort(byText);
}

function kindNames(): readonly string[] {
  return [...kindsOf(providers).keys()];
}

function pathsOf({ fields }: Pick<FieldExplanation, "fields">, kind: string): readonly string[] {
  return fields.flatMap((field) => [`${kind}.${field.path}`, ...pathsOf(field, kind)]);
}
