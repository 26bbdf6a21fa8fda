import { Option } from "commander";
import type { CommandSpec } from "./command-spec.ts";
import { namedValue, oneMore, plainValue } from "./option-values.ts";

const provider = new Option("--provider <alias>", "provider alias of cairn.yaml").argParser(plainValue);

/** What commands take that look at clouds without a plan. */
const looking = ["C", "stack", "var", "parallelism", "format", "color", "logLevel"];

/** The commands that look at clouds without a plan, and make single calls. */
export const lookingCommands: readonly CommandSpec[] = [
  {
    name: "get",
    summary: "list live objects of a kind, or what else a cloud shows",
    arguments: {
      "<what>": "a kind (App), or a view (users, nodes, pods, deploy-orders …)",
      "[names...]": "names or ids of the objects; of a view, what it is asked about",
    },
    options: [
      new Option("--scope <name=value>", "keep to what lies in this: app=ID, dbInstanceId=ID (repeatable)")
        .default([], "everything")
        .argParser(namedValue),
      provider,
    ],
    takes: looking,
    formats: ["text", "json", "yaml"],
    load: async () => (await import("./commands/get.ts")).runGet,
  },
  {
    name: "export",
    summary: "write manifests for live objects",
    options: [
      new Option("--out <dir>", "folder of the new project; it must not exist, or be empty")
        .argParser(plainValue)
        .makeOptionMandatory(),
      new Option("--kind <kind>", "only objects of this kind (repeatable)").default([], "all").argParser(oneMore),
      new Option("--app <app>", "only what lies in this app, by name or id (repeatable)")
        .default([], "everything")
        .argParser(oneMore),
      new Option("--cluster <cluster>", "only what lies in this cluster, by name or id (repeatable)")
        .default([], "everything")
        .argParser(oneMore),
      new Option("--db-instance <id>", "an RDS instance to look at (repeatable)")
        .default([], "those that manifests or ledger name")
        .argParser(oneMore),
      new Option("--cce-cluster <id>", "a CCE cluster to look at (repeatable)")
        .default([], "those that manifests or ledger name")
        .argParser(oneMore),
      provider,
    ],
    takes: looking,
    formats: ["text", "json", "yaml"],
    load: async () => (await import("./commands/export.ts")).runExport,
  },
  {
    name: "api",
    summary: "make any one call of a provider's API",
    arguments: { "<action>": "the call's name, as the vendor has it" },
    options: [
      new Option("--param <name=value>", "a parameter; value @FILE or $NAME is read from there (repeatable)")
        .default([], "none")
        .argParser(namedValue),
      new Option("--body <file>", "parameters as a JSON object").argParser(plainValue),
      provider,
      new Option("--yes", "do not ask"),
    ],
    takes: looking,
    load: async () => (await import("./commands/api.ts")).runApi,
  },
];
