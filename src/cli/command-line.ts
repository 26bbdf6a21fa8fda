import { Command, CommanderError } from "commander";
import { failure } from "../core/errors.ts";
import { noAllowances } from "../core/plan-input.ts";
import type { CommandSpec } from "./command-spec.ts";
import { commandSpecs, groupSummaries } from "./commands.ts";
import { commonOptions } from "./common-options.ts";
import { defaultParallelism, type Invocation, type Options } from "./options.ts";

/** What a command line asks for: a command to run, or help to print. */
export type Request = { readonly invocation: Invocation } | { readonly help: string };

const defaults: Options = {
  directory: ".",
  vars: {},
  targets: [],
  excludes: [],
  parallelism: defaultParallelism,
  lockTimeout: 0,
  formats: [],
  allow: noAllowances,
  color: true,
  logLevel: "info",
  replace: [],
  retry: false,
  resume: false,
  destroy: false,
  detailedExitcode: false,
  partial: false,
  yes: false,
  unmanaged: false,
  all: false,
  port: 8087,
  keys: [],
  wire: "sdk",
  speed: 1,
  params: [],
  scopes: [],
  kinds: [],
  apps: [],
  clusters: [],
  dbInstances: [],
  cceClusters: [],
  lines: 20,
  wait: true,
};

/** Flags whose long name is not the option's name here. */
const renamed: Readonly<Record<string, string>> = {
  C: "directory",
  var: "vars",
  target: "targets",
  exclude: "excludes",
  format: "formats",
  key: "keys",
  param: "params",
  scope: "scopes",
  kind: "kinds",
  app: "apps",
  cluster: "clusters",
  dbInstance: "dbInstances",
  cceCluster: "cceClusters",
};

/**
 * Understands a command line (without the executable's own name). Strict: unknown commands, options, values and
 * arguments are `E_USAGE` with a suggestion. Pure: prints nothing and runs nothing.
 */
export function parseCommandLine(argv: readonly string[]): Request {
  const found: { invocation?: Invocation } = {};
  const text: string[] = [];
  const root = rootCommand(text, (invocation) => {
    found.invocation = invocation;
  });
  try {
    root.parse([...argv], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw usage(error, argv);
    return { help: text.join("") };
  }
  return found.invocation === undefined ? { help: text.join("") } : { invocation: found.invocation };
}

function rootCommand(text: string[], take: (invocation: Invocation) => void): Command {
  const root = new Command("cairn")
    .description("plans and applies what YAML manifests declare")
    .exitOverride()
    .configureOutput({
      writeOut: (part) => text.push(part),
      writeErr: (part) => text.push(part),
      outputError: () => {},
    })
    .configureHelp({ showGlobalOptions: true });
  for (const option of commonOptions) root.addOption(option);
  const groups = new Map<string, Command>();
  for (const spec of commandSpecs) addCommand(root, groups, spec, take);
  return root;
}

function addCommand(
  root: Command,
  groups: Map<string, Command>,
  spec: CommandSpec,
  take: (invocation: Invocation) => void,
): void {
  const [first = "", second] = spec.name.split(" ");
  const parent = second === undefined ? root : groupOf(root, groups, first);
  const command = parent.command(second ?? first).description(spec.summary);
  for (const [name, meaning] of Object.entries(spec.arguments ?? {})) command.argument(name, meaning);
  for (const option of spec.options) command.addOption(option);
  const { takes } = spec;
  if (takes !== "all") {
    const visibleGlobalOptions = () => commonOptions.filter((option) => takes.includes(option.attributeName()));
    command.configureHelp({ showGlobalOptions: true, visibleGlobalOptions });
  }
  command.action(() => {
    refuseForeign(command, spec);
    const options = optionsOf(command.optsWithGlobals());
    refuseFormats(options, spec);
    refuseGuards(options, spec);
    take({ command: spec.name, arguments: command.args, options });
  });
}

function groupOf(root: Command, groups: Map<string, Command>, name: string): Command {
  const group = groups.get(name) ?? root.command(name).description(groupSummaries[name] ?? name);
  groups.set(name, group);
  return group;
}

/** A common option that the command does not take is as wrong as an unknown one. */
function refuseForeign(command: Command, { name, takes }: CommandSpec): void {
  if (takes === "all") return;
  for (const option of commonOptions) {
    const attribute = option.attributeName();
    if (!takes.includes(attribute) && command.getOptionValueSourceWithGlobals(attribute) === "cli") {
      throw failure("E_USAGE", `${name} does not take '${option.long ?? option.short ?? attribute}'`, {
        help: `see cairn ${name} --help`,
      });
    }
  }
}

function refuseFormats({ formats }: Options, { name, formats: known = ["text", "json"] }: CommandSpec): void {
  const foreign = formats.find(({ format }) => !known.includes(format));
  if (foreign === undefined) return;
  throw failure("E_USAGE", `${name} has no format ${foreign.format}`, { help: `its formats are ${known.join(", ")}` });
}

function refuseGuards({ allow }: Options, { name, guards = [] }: CommandSpec): void {
  const foreign = allow.ledger?.find((guard) => !guards.includes(guard));
  if (foreign === undefined) return;
  const help = guards.length === 0 ? "ledger push and ledger restore have it" : `its guards are ${guards.join(", ")}`;
  throw failure("E_USAGE", `${name} has no guard ${foreign}`, { help });
}

function optionsOf(flags: Readonly<Record<string, unknown>>): Options {
  const named = Object.entries(flags)
    .filter(([, value]) => value !== undefined)
    .map(([flag, value]) => [renamed[flag] ?? flag, value]);
  return { ...defaults, ...Object.fromEntries(named) };
}

/** Commander's complaint in cairn's form. */
function usage(error: CommanderError, argv: readonly string[]): Error {
  if (error.code === "commander.help") {
    const group = argv.find((word) => word in groupSummaries);
    return failure("E_USAGE", group === undefined ? "a command is missing" : `a command of ${group} is missing`, {
      help: `cairn ${group === undefined ? "" : `${group} `}--help lists the commands`,
    });
  }
  const [sentence = "", suggestion] = error.message.replace(/^error: /, "").split("\n");
  return failure("E_USAGE", sentence.replace(" is invalid. ", " is invalid: ").replace(/\.$/, ""), {
    help: suggestion === undefined ? "see cairn --help" : suggestion.replace(/^\(D/, "d").replace(/\)$/, ""),
  });
}
