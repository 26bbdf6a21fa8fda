import { Option } from "commander";
import type { CommandSpec } from "./command-spec.ts";
import { ledgerCommands } from "./ledger-commands.ts";
import { lookingCommands } from "./looking-commands.ts";
import { factor, oneMore, plainValue, wholeNumber } from "./option-values.ts";
import { rolloutCommands } from "./rollout-commands.ts";

const yes = new Option("--yes", "do not ask");
/** What shows a plan, a comparison or a check. */
const reviewFormats = ["text", "json", "markdown", "html", "sarif", "github", "gitlab", "junit", "ndjson"] as const;
const retry = new Option("--retry", "do also what is held: deploy again over a failed or foreign rollout");
const resume = new Option("--resume", "let go on what waits: the next batch of a paused rollout");

/** Every command, in the order of the help. */
export const commandSpecs: readonly CommandSpec[] = [
  {
    name: "init",
    summary: "write a project that plans and applies against the emulator",
    arguments: { "[dir]": "its folder; left out: the current one" },
    options: [],
    takes: ["C", "format", "color", "logLevel"],
    load: async () => (await import("./commands/init.ts")).runInit,
  },
  {
    name: "validate",
    summary: "check the manifests offline",
    options: [],
    takes: "all",
    formats: reviewFormats,
    load: async () => (await import("./commands/validate.ts")).runValidate,
  },
  {
    name: "plan",
    summary: "show what apply would do",
    options: [
      new Option("--out <file>", "save the plan for apply").argParser(plainValue),
      new Option("--snapshot <file>", "keep what was seen, for plan --offline").argParser(plainValue),
      new Option("--offline <snapshot>", "plan against what plan --snapshot kept: no network, no credentials")
        .argParser(plainValue)
        .conflicts(["out", "snapshot"]),
      new Option("--base <ref>", "git revision that tells what git moved and what the cloud").argParser(plainValue),
      new Option("--replace <address>", "replace this object (repeatable, globs)")
        .default([], "none")
        .argParser(oneMore),
      retry,
      resume,
      new Option("--destroy", "plan the deletion of all that is owned"),
      new Option("--detailed-exitcode", "exit 2 when there are changes"),
    ],
    takes: "all",
    formats: reviewFormats,
    load: async () => (await import("./commands/plan.ts")).runPlan,
  },
  {
    name: "apply",
    summary: "make the clouds as declared",
    arguments: { "[plan]": "a plan saved by plan --out: exactly that is done, or refused" },
    options: [
      yes,
      new Option("--partial", "of a saved plan, do what has not moved since"),
      new Option("--replace <address>", "replace this object (repeatable, globs)")
        .default([], "none")
        .argParser(oneMore),
      retry,
      resume,
    ],
    takes: "all",
    formats: reviewFormats,
    load: async () => (await import("./commands/apply.ts")).runApply,
  },
  {
    name: "destroy",
    summary: "delete all that is owned",
    options: [yes],
    takes: "all",
    formats: reviewFormats,
    load: async () => (await import("./commands/destroy.ts")).runDestroy,
  },
  {
    name: "drift",
    summary: "compare the clouds with what was last applied",
    options: [new Option("--unmanaged", "also list objects in the listed scopes that nobody owns")],
    takes: "all",
    formats: reviewFormats,
    load: async () => (await import("./commands/drift.ts")).runDrift,
  },
  {
    name: "accept",
    summary: "write what the clouds moved into the manifests",
    arguments: { "[address...]": "whose drift to accept (globs)" },
    options: [new Option("--all", "accept all drift that is no conflict")],
    takes: ["C", "stack", "var", "parallelism", "allow", "format", "color", "logLevel"],
    load: async () => (await import("./commands/accept.ts")).runAccept,
  },
  ...lookingCommands,
  ...rolloutCommands,
  ...ledgerCommands,
  {
    name: "explain",
    summary: "tell what can be declared: the kinds, one kind, or one of its fields",
    arguments: { "[kind.field]": "a kind, or a field of it: Service.portMappings.port" },
    options: [],
    takes: ["C", "format", "color", "logLevel"],
    load: async () => (await import("./commands/explain.ts")).runExplain,
  },
  {
    name: "graph",
    summary: "draw what depends on what, from the manifests alone",
    options: [],
    takes: ["C", "stack", "var", "format", "color", "logLevel"],
    formats: ["mermaid", "dot", "svg", "json"],
    load: async () => (await import("./commands/graph.ts")).runGraph,
  },
  {
    name: "completion",
    summary: "print the script that makes a shell complete what is typed",
    arguments: { "<shell>": "bash, zsh or fish" },
    options: [],
    takes: ["C", "color", "logLevel"],
    load: async () => (await import("./commands/completion.ts")).runCompletion,
  },
  {
    name: "synth",
    summary: "write the manifests as a Terraform stack of the cdktf",
    arguments: { "[app]": "a module of constructs, whose manifests are written first" },
    options: [
      new Option("--manifests <dir>", "folder of the app's manifests (default: manifests/cdk)").argParser(plainValue),
      new Option("--out <dir>", "folder of the stacks (default: CDKTF_OUTDIR, else cdktf.out)").argParser(plainValue),
      new Option("--engine <engine>", "null_resource, or terraform_data, which is built in (default: null)").choices([
        "null",
        "data",
      ]),
    ],
    takes: ["C", "stack", "var", "format", "color", "logLevel"],
    load: async () => (await import("./commands/synth.ts")).runSynth,
  },
  {
    name: "emulator",
    summary: "serve the clouds on loopback",
    options: [
      new Option("--port <n>", "port; 0 picks a free one").default(8087).argParser(wholeNumber(0, 65_535)),
      new Option("--key <id:secret[:token][@account]>", "accept this key (repeatable)")
        .default([], "cairn:cairn-secret")
        .argParser(oneMore),
      new Option("--wire <style>", "style of the answers").choices(["sdk", "manual"]).default("sdk"),
      new Option("--seed <file>", "start with the state in this file").argParser(plainValue),
      new Option("--speed <n>", "how much faster its clock runs").default(1).argParser(factor),
    ],
    takes: ["C", "color", "logLevel"],
    formats: ["text"],
    untilSignal: true,
    load: async () => (await import("./commands/emulator.ts")).runEmulator,
  },
  {
    name: "version",
    summary: "print the version",
    options: [],
    takes: ["C", "format", "color", "logLevel"],
    load: async () => (await import("./commands/version.ts")).runVersion,
  },
];

/** What groups of commands are about. */
export const groupSummaries: Readonly<Record<string, string>> = {
  ledger: "look at and correct what is owned",
  rollout: "look at, resume, close, repeat and undo rollouts",
};
