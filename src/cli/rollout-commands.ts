import { Option } from "commander";
import type { CommandSpec } from "./command-spec.ts";
import { plainValue, wholeNumber } from "./option-values.ts";

const yes = new Option("--yes", "do not ask");
const noWait = new Option("--no-wait", "do not follow it to its end");
const pod = new Option("--pod <name>", "this pod alone").argParser(plainValue);

/** What each of them takes to find its environment. */
const finding = [
  new Option("--id <envid>", "the cloud's id of the environment, instead of its name").argParser(plainValue),
  new Option("--provider <alias>", "provider alias of cairn.yaml").argParser(plainValue),
];

const base = {
  arguments: { "[environment]": "the environment's address or name" },
  takes: ["C", "stack", "var", "parallelism", "format", "color", "logLevel"],
} as const;

/** The commands about rollouts, in the order of the help. */
export const rolloutCommands: readonly CommandSpec[] = [
  {
    ...base,
    name: "rollout status",
    summary: "show how the newest rollout stands, and what can be done next",
    options: finding,
    load: async () => (await import("./commands/rollout-status.ts")).runRolloutStatus,
  },
  {
    ...base,
    name: "rollout resume",
    summary: "let a paused rollout go on with its next batch",
    options: [...finding, noWait, yes],
    load: async () => (await import("./commands/rollout-resume.ts")).runRolloutResume,
  },
  {
    ...base,
    name: "rollout close",
    summary: "end the open order as failed; what runs stays",
    options: [...finding, yes],
    load: async () => (await import("./commands/rollout-close.ts")).runRolloutClose,
  },
  {
    ...base,
    name: "rollout retry",
    summary: "deploy the declared release again, as apply --retry does",
    options: [...finding, yes],
    takes: "all",
    load: async () => (await import("./commands/rollout-retry.ts")).runRolloutRetry,
  },
  {
    ...base,
    name: "rollout undo",
    summary: "deploy the package of the release before",
    options: [
      ...finding,
      new Option("--package-url <url>", "the package to go back to, where nothing else tells it").argParser(plainValue),
      new Option("--package-id <id>", "the same by its id in the platform's store").argParser(plainValue),
      noWait,
      yes,
    ],
    load: async () => (await import("./commands/rollout-undo.ts")).runRolloutUndo,
  },
  {
    ...base,
    name: "rollout restart",
    summary: "restart what runs; deploys nothing",
    options: [...finding, pod, yes],
    load: async () => (await import("./commands/rollout-restart.ts")).runRolloutRestart,
  },
  {
    ...base,
    name: "rollout logs",
    summary: "show what the pods of the newest rollout printed",
    options: [
      ...finding,
      pod,
      new Option("--lines <n>", "the last lines of each pod").default(20).argParser(wholeNumber(1, 100_000)),
    ],
    load: async () => (await import("./commands/rollout-logs.ts")).runRolloutLogs,
  },
  {
    ...base,
    name: "rollout events",
    summary: "show what the cluster noted about the pods of the newest rollout",
    options: [...finding, pod],
    load: async () => (await import("./commands/rollout-events.ts")).runRolloutEvents,
  },
  {
    ...base,
    name: "rollout history",
    summary: "list every rollout and scaling of an environment",
    options: finding,
    load: async () => (await import("./commands/rollout-history.ts")).runRolloutHistory,
  },
];
