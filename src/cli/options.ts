import type { LedgerGuard } from "../core/ledger-guards.ts";
import type { Allowances } from "../core/plan-input.ts";

/** What a result can be written as; which of them a command has, its entry in the list of commands says. */
export const formatNames = [
  "text",
  "json",
  "yaml",
  "markdown",
  "html",
  "sarif",
  "github",
  "gitlab",
  "junit",
  "ndjson",
  "mermaid",
  "dot",
  "svg",
] as const;

/** One of the formats. */
export type FormatName = (typeof formatNames)[number];

/** One `--format`: to a file, or (without one) to stdout. */
export type FormatRequest = { readonly format: FormatName; readonly file?: string };

/** How much is said on stderr; each level includes those before it. */
export type LogLevel = "error" | "warn" | "info" | "debug";

/** The levels, quietest first. */
export const logLevels: readonly LogLevel[] = ["error", "warn", "info", "debug"];

/** Every option of the command line after parsing; those that a command does not take have their defaults. */
export type Options = {
  /** `-C`, as written. */
  readonly directory: string;
  readonly stack?: string;
  /** `--var`, as written: the loader gives them the type of the configured value. */
  readonly vars: Readonly<Record<string, string>>;
  readonly targets: readonly string[];
  readonly excludes: readonly string[];
  readonly parallelism: number;
  /** Milliseconds. */
  readonly lockTimeout: number;
  readonly formats: readonly FormatRequest[];
  /** With the guards of a ledger that is replaced, which no plan knows of. */
  readonly allow: Allowances & { readonly ledger?: readonly LedgerGuard[] };
  readonly color: boolean;
  readonly logLevel: LogLevel;
  readonly out?: string;
  /** `--base`: the git revision that tells what git moved. */
  readonly base?: string;
  /** `--snapshot`: where to keep what was seen. */
  readonly snapshot?: string;
  /** `--offline`: the kept snapshot that stands for the clouds. */
  readonly offline?: string;
  readonly replace: readonly string[];
  readonly retry: boolean;
  readonly resume: boolean;
  readonly destroy: boolean;
  readonly detailedExitcode: boolean;
  readonly partial: boolean;
  readonly yes: boolean;
  readonly unmanaged: boolean;
  /** `--all`: whatever there is. */
  readonly all: boolean;
  readonly port: number;
  readonly keys: readonly string[];
  readonly wire: "sdk" | "manual";
  readonly seed?: string;
  readonly speed: number;
  /** `--param`, each as `NAME=VALUE`. */
  readonly params: readonly string[];
  readonly body?: string;
  /** A provider alias of cairn.yaml. */
  readonly provider?: string;
  /** `--scope`, each as `NAME=VALUE`. */
  readonly scopes: readonly string[];
  /** `--kind`: the kinds to export; all where there is none. */
  readonly kinds: readonly string[];
  /** `--app` and `--cluster`: what is exported lies in one of them, each a name or an id. */
  readonly apps: readonly string[];
  readonly clusters: readonly string[];
  /** `--db-instance` and `--cce-cluster`: ids that no list of a cloud tells. */
  readonly dbInstances: readonly string[];
  readonly cceClusters: readonly string[];
  readonly engine?: "null" | "data";
  /** `--id`: the cloud's id of an environment. */
  readonly id?: string;
  readonly pod?: string;
  readonly lines: number;
  /** False with `--no-wait`. */
  readonly wait: boolean;
  readonly packageUrl?: string;
  readonly packageId?: string;
  /** `--manifests`: where `synth` writes the manifests of an app of constructs. */
  readonly manifests?: string;
  /** `--from`: the settings of the ledger that is to be moved. */
  readonly from?: string;
};

/** A command line that was understood. */
export type Invocation = {
  /** The command as users type it, e.g. `ledger show`. */
  readonly command: string;
  readonly arguments: readonly string[];
  readonly options: Options;
};

/** Calls under way at once when nothing else is said. */
export const defaultParallelism = 10;
