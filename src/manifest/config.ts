import type { z } from "zod";
import { type Diagnostic, fault, type Place } from "../core/errors.ts";
import { defaultGuards, type Guards } from "../core/plan-input.ts";
import { didYouMean } from "../core/suggest.ts";
import { type Fields, isFields, type Value } from "../core/values.ts";
import { chooseLedger, type LedgerSettings } from "./choose-ledger.ts";
import { type ConfigSettings, configSchema } from "./config-schema.ts";
import type { Files } from "./files.ts";
import { globFault } from "./glob.ts";
import { inOrder } from "./in-order.ts";
import { parseBy, withoutEchoes } from "./issues.ts";
import { parseYaml } from "./parse-yaml.ts";
import { type ConfiguredProvider, chooseProviders } from "./provider-settings.ts";
import { readWhole } from "./read-text.ts";
import { chooseVariables, type Variables } from "./variables.ts";
import { childOf, placeAt, placeOfNode, plainAt, type YamlNode } from "./yaml-node.ts";

/** The name of the configuration file. */
export const configFile = "cairn.yaml";

/** What the configuration is read with. */
export type ConfigRequest = {
  readonly files: Files;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `--var`, as written. */
  readonly vars: Readonly<Record<string, string>>;
  /** The schema of each provider's settings. */
  readonly settings: ReadonlyMap<string, z.ZodObject>;
  /** The schema of the settings of each ledger backend; where left out, any backend is taken as it is written. */
  readonly backends?: ReadonlyMap<string, z.ZodObject>;
  /** False where no call will be made: then environment variables that provider settings name need not be set. */
  readonly credentials: boolean;
};

/** A glob of manifests, and where it stands. */
export type ManifestGlob = { readonly pattern: string; readonly place: Place };

/** The configuration of one stack, or of a project without stacks: complete, defaults filled in. */
export type StackConfig = {
  readonly project: string;
  readonly stack?: string;
  readonly manifests: readonly ManifestGlob[];
  readonly variables: Variables;
  /** By provider name or alias. */
  readonly providers: ReadonlyMap<string, ConfiguredProvider>;
  readonly ledger: LedgerSettings;
  readonly guards: Guards;
  readonly adopt: "auto" | "never";
  /** Divides every wait of the client's. */
  readonly pace: number;
};

/** The configuration of a stack, unless a diagnostic of severity error says why there is none. */
export type ChosenStack = { readonly config?: StackConfig; readonly diagnostics: readonly Diagnostic[] };

/** A configuration file that is right in itself. */
export type Config = {
  readonly project: string;
  /** In the order written. */
  readonly stacks: readonly string[];
  /** The configuration of a stack; without a name the top level alone. */
  readonly forStack: (name?: string) => ChosenStack;
};

/** Reads `cairn.yaml` at the root of the files. Without `config` the diagnostics say why. Never throws. */
export function loadConfig(request: ConfigRequest): {
  readonly config?: Config;
  readonly diagnostics: readonly Diagnostic[];
} {
  const read = readWhole(request.files, configFile);
  if ("reason" in read) return { diagnostics: [noConfig(request.files, read.reason)] };
  const [document, second] = parseYaml(read.bytes, configFile);
  const place = { file: configFile };
  if (document === undefined) {
    return { diagnostics: [fault("E_CONFIG", "the file is empty; begin with project: NAME", { place })] };
  }
  const { root, value = null, faults } = document;
  const more =
    second === undefined
      ? []
      : [fault("E_CONFIG", "must hold one document; remove the others", { place: placeOfNode(second.root) })];
  if (!("value" in document)) return { diagnostics: [...faults, ...more] };
  const parsed = parseBy({
    value,
    schema: configSchema,
    prefix: "",
    code: "E_CONFIG",
    placeOf: (path, at) => placeAt(root, path, at),
    sourceOf: () => undefined,
    writtenOf: (path) => plainAt(root, path),
    untold: new Set(),
    protoKeys: false,
  });
  const diagnostics = inOrder([...faults, ...more, ...withoutEchoes(faults, parsed.faults)]);
  if (!isFields(value) || diagnostics.length > 0) return { diagnostics };
  return { config: openConfig(request, value, root), diagnostics };
}

function noConfig(files: Files, reason: string): Diagnostic {
  if (files.read(configFile, 0).state !== "missing") return fault("E_CONFIG", reason, { place: { file: configFile } });
  const other = ["cairn.yml", "Cairn.yaml", "cairn.json"].find((name) => files.read(name, 0).state !== "missing");
  if (other !== undefined) return fault("E_CONFIG", `there is no ${configFile}, but a ${other}; rename it`);
  return fault(
    "E_CONFIG",
    `there is no ${configFile} in this folder; write one to begin a project, or name its folder with -C`,
  );
}

function openConfig(request: ConfigRequest, written: Fields, root: YamlNode): Config {
  const { stacks: all, ...base } = written;
  const stacks = isFields(all) ? all : {};
  const names = Object.keys(stacks);
  return {
    project: String(base["project"]),
    stacks: names,
    forStack: (name) => {
      if (name === undefined) return chooseStack(request, { root, settings: base as ConfigSettings });
      if (Object.hasOwn(stacks, name)) {
        const settings = mergedStack(base, stacks[name] ?? {}) as ConfigSettings;
        return chooseStack(request, { root, settings, stack: name });
      }
      const cure = names.length === 0 ? "there are no stacks, leave --stack out" : `known are ${names.join(", ")}`;
      const message = `no stack is named "${name}"; ${didYouMean(name, names, cure)}`;
      return { diagnostics: [fault("E_CONFIG", message, { place: { file: configFile } })] };
    },
  };
}

/** What a stack sets over the general settings. What one backend of a ledger takes is nothing to another. */
function mergedStack(base: Fields, stack: Value): Value {
  const ledger = isFields(stack) ? stack["ledger"] : undefined;
  const general = isFields(base["ledger"]) ? base["ledger"] : {};
  const backend = isFields(ledger) ? ledger["backend"] : undefined;
  const isOther = backend !== undefined && backend !== (general["backend"] ?? "file");
  return merged(isOther ? { ...base, ledger: {} } : base, stack);
}

/** Maps merge, lists and scalars replace. */
function merged(base: Value | undefined, over: Value): Value {
  if (!isFields(base) || !isFields(over)) return over;
  const entries = Object.entries(over).map(([name, value]) => [
    name,
    merged(Object.hasOwn(base, name) ? base[name] : undefined, value),
  ]);
  return Object.fromEntries([...Object.entries(base), ...entries]);
}

type Written = { readonly root: YamlNode; readonly settings: ConfigSettings; readonly stack?: string };

function chooseStack(request: ConfigRequest, { root, settings, stack }: Written): ChosenStack {
  const placeOf = (path: readonly PropertyKey[], at: "key" | "value" = "value"): Place => {
    const inStack = stack === undefined ? path : ["stacks", stack, ...path];
    return placeAt(root, holds(root, inStack) ? inStack : path, at);
  };
  const { variables, faults } = chooseVariables(settings.vars ?? {}, request.vars, (name) => placeOf(["vars", name]));
  const world = { variables, env: request.env, files: request.files };
  const context = { ...request, world, placeOf };
  const providers = chooseProviders(context, settings.providers ?? {});
  const ledger = chooseLedger(context, settings.ledger as Fields | undefined);
  const manifests = (settings.manifests ?? ["manifests/**/*.yaml"]).map((pattern, index) => ({
    pattern,
    place: placeOf(["manifests", index]),
  }));
  const found = [...faults, ...manifests.flatMap(checkGlob), ...providers.diagnostics, ...ledger.diagnostics];
  const diagnostics = inOrder(found);
  if (diagnostics.some((one) => one.severity === "error")) return { diagnostics };
  const config: StackConfig = {
    project: settings.project,
    ...(stack === undefined ? {} : { stack }),
    manifests,
    variables,
    providers: providers.providers,
    ledger: ledger.settings,
    guards: { ...defaultGuards, ...settings.guards } as Guards,
    adopt: settings.adopt ?? "auto",
    pace: settings.pace ?? 1,
  };
  return { config, diagnostics };
}

function holds(root: YamlNode, path: readonly PropertyKey[]): boolean {
  let node: YamlNode | undefined = root;
  for (const step of path) node = node && childOf(node, typeof step === "number" ? step : String(step))?.node;
  return node !== undefined;
}

function checkGlob({ pattern, place }: ManifestGlob): Diagnostic[] {
  const reason = globFault(pattern);
  return reason === undefined ? [] : [fault("E_CONFIG", `${reason}; got "${pattern}"`, { place, field: "manifests" })];
}
