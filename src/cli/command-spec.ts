import type { Option } from "commander";
import type { LedgerGuard } from "../core/ledger-guards.ts";
import type { FormatName } from "./options.ts";
import type { Run } from "./run.ts";

/** One command as the command line offers it; what it does stands in a file of its own, loaded when it runs. */
export type CommandSpec = {
  /** As typed; `ledger show` is a command within a group. */
  readonly name: string;
  readonly summary: string;
  /** Positional arguments in commander's form: `<needed>`, `[optional]`. */
  readonly arguments?: Readonly<Record<string, string>>;
  readonly options: readonly Option[];
  /** The common options that it takes. */
  readonly takes: "all" | readonly string[];
  /** What its result can be written as, its own format first; left out: text and JSON. */
  readonly formats?: readonly FormatName[];
  /** The guards of a ledger that it lifts with `--allow`, beside those of plans; left out: none. */
  readonly guards?: readonly LedgerGuard[];
  /** It runs until a signal ends it, which is no interruption then. */
  readonly untilSignal?: true;
  /** Loads what the command does, and nothing that other commands do. */
  readonly load: () => Promise<Run>;
};
