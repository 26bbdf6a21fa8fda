import { checkDesired } from "../core/check.ts";
import type { Desired } from "../core/desired.ts";
import { type Diagnostic, fault } from "../core/errors.ts";
import type { Kind } from "../core/kind.ts";
import type { Provider } from "../core/provider.ts";
import { byText } from "../core/values.ts";
import { configFile, type StackConfig } from "./config.ts";
import type { Files } from "./files.ts";
import { matchFiles } from "./glob.ts";
import { inOrder } from "./in-order.ts";
import { parseYaml } from "./parse-yaml.ts";
import type { ManifestContext } from "./read-frame.ts";
import { type ReadManifest, readManifest } from "./read-manifest.ts";
import { readWhole } from "./read-text.ts";

/** What manifests are loaded with. */
export type LoadRequest = {
  readonly files: Files;
  readonly config: StackConfig;
  readonly providers: readonly Pick<Provider, "name" | "kinds">[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What stands for environment variables that are not set; without it they are errors. */
  readonly standIn?: string;
};

/** What the manifests want, and what is wrong with them. With an error among the diagnostics `desired` is not complete. */
export type LoadedManifests = { readonly desired: readonly Desired[]; readonly diagnostics: readonly Diagnostic[] };

/**
 * Loads every manifest that the globs of a configuration match, each by the schema of its kind, and checks them against
 * each other. Everything that is wrong in any file is reported at once, in the order of files and lines. Reads files,
 * calls nobody, never throws.
 */
export function loadManifests({ files, config, providers, env, standIn }: LoadRequest): LoadedManifests {
  const owners = new Map(providers.flatMap(({ name, kinds }) => kinds.map((kind): [Kind, string] => [kind, name])));
  const context: ManifestContext = {
    kinds: new Map([...owners.keys()].map((kind) => [kind.kind, kind])),
    providerOf: (kind) => owners.get(kind) ?? "",
    providers: config.providers,
    world: { variables: config.variables, env, files, ...(standIn === undefined ? {} : { standIn }) },
  };
  const { paths, warnings } = findManifests(files, config);
  const read = paths.flatMap((path) => readFile(context, files, path));
  const wanted = read.flatMap(({ desired }) => (desired === undefined ? [] : [desired]));
  const incomplete = new Set(read.filter(hasError).flatMap(({ desired }) => (desired === undefined ? [] : [desired])));
  const { desired, faults } = checkDesired(wanted, context.kinds, incomplete);
  const own = read.flatMap((one) => one.diagnostics);
  const diagnostics = [...warnings, ...own, ...unconfigured(context, desired), ...faults];
  return { desired, diagnostics: inOrder(diagnostics) };
}

function hasError({ diagnostics }: ReadManifest): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}

function findManifests(files: Files, { manifests }: StackConfig): { paths: readonly string[]; warnings: Diagnostic[] } {
  const found = manifests.map(({ pattern }) => matchFiles(files, pattern).filter((path) => path !== configFile));
  const empty = manifests.filter((_, index) => found[index]?.length === 0);
  const warnings = empty.map(({ pattern, place }): Diagnostic => {
    const message = `"${pattern}" matches no file; correct it, or add manifests there`;
    return { ...fault("E_CONFIG", message, { place, field: "manifests" }), severity: "warning" };
  });
  return { paths: [...new Set(found.flat())].sort(byText), warnings };
}

function readFile(context: ManifestContext, files: Files, path: string): readonly ReadManifest[] {
  const place = { file: path };
  const read = readWhole(files, path);
  if ("reason" in read) return [{ diagnostics: [fault("E_READ", read.reason, { place })] }];
  return parseYaml(read.bytes, path).map((document) => readManifest(context, document));
}

/** One fault for each provider that manifests need and cairn.yaml does not configure. */
function unconfigured({ providers }: ManifestContext, desired: readonly Desired[]): Diagnostic[] {
  const users = desired.filter(({ provider }) => !providers.has(provider));
  const missing = new Map([...users].reverse().map((one) => [one.provider, one]));
  return [...missing].map(([provider, { source, address }]) => {
    const message = `needs the provider ${provider}, which ${configFile} does not configure; add providers.${provider} there`;
    return fault("E_CONFIG", message, { place: source, address });
  });
}
