import { Option } from "commander";
import { noAllowances } from "../core/plan-input.ts";
import { allowance, duration, format, oneMore, plainValue, variable, wholeNumber } from "./option-values.ts";
import { defaultParallelism, logLevels } from "./options.ts";

/** The options that every command of a project shares; they may stand before or behind the command's name. */
export const commonOptions: readonly Option[] = [
  new Option("-C <dir>", "project folder; relative paths on the command line start there").argParser(plainValue),
  new Option("--stack <name>", "stack of cairn.yaml to work on").argParser(plainValue),
  new Option("--var <name=value>", "set a variable (repeatable)").default({}, "none").argParser(variable),
  new Option("--target <address>", "only this and what it needs (repeatable, globs)")
    .default([], "everything")
    .argParser(oneMore),
  new Option("--exclude <address>", "all but this and what depends on it (repeatable, globs)")
    .default([], "nothing")
    .argParser(oneMore),
  new Option("--parallelism <n>", "calls under way at once")
    .default(defaultParallelism)
    .argParser(wholeNumber(1, 1000)),
  new Option("--lock-timeout <duration>", "how long to wait for another holder of the lock")
    .default(0, "0s")
    .argParser(duration),
  new Option(
    "--format <format[=file]>",
    "text, json or another format of the command, to stdout or a file (repeatable)",
  )
    .default([], "text")
    .argParser(format),
  new Option(
    "--allow <guard>",
    "lift a guard: deletes=N, deletePercent=N, replaces=N, vanished=N, destroy=ADDRESS, provider=ALIAS, data-loss; of a ledger: " +
      "lineage, serial, intents, damaged (repeatable)",
  )
    .default(noAllowances, "nothing")
    .argParser(allowance),
  new Option("--no-color", "never colour the output"),
  new Option("--log-level <level>", "how much is said on stderr").choices(logLevels).default("info"),
];
