import { RootCommand } from "@bomb.sh/tab";
import type { Option } from "commander";
import type { Candidates, Subject } from "./candidates.ts";
import type { CommandSpec } from "./command-spec.ts";
import type { Shell } from "./shells.ts";

/** What a command line consists of, as completion needs it. */
export type CommandLine = {
  readonly commands: readonly CommandSpec[];
  readonly common: readonly Option[];
  /** What groups of commands are about, by name. */
  readonly groups: Readonly<Record<string, string>>;
};

/** Lets the shell complete file names itself. */
const files = ":0";

/** The script that teaches a shell to ask `cairn complete` for what fits. Ends with a line break. */
export function completionScript(shell: Shell): string {
  return printed(() => new RootCommand().setup("cairn", "cairn", shell));
}

/**
 * What fits at the end of the given words, one candidate a line with its meaning behind a tab, and a last line that tells the
 * shell how to go on. The last word is the one begun; it is empty after a space.
 */
export function completions(line: CommandLine, words: readonly string[], candidates: Candidates): string {
  const asked = { files: false };
  const root = treeOf(line, (subject) => {
    if (subject !== "file") return candidates(subject);
    asked.files = true;
    return [];
  });
  const text = printed(() => root.parse([...words]));
  return asked.files ? `${files}\n` : text;
}

type Ask = (subject: Subject) => readonly string[];

function treeOf({ commands, common, groups }: CommandLine, ask: Ask): RootCommand {
  const root = new RootCommand();
  for (const option of common) addOption(root, option, ask);
  // A command of a group is only found where the group is a command, too.
  for (const [group, summary] of Object.entries(groups)) root.command(group, summary);
  for (const { name, summary, options, takes, formats = ["text", "json"], arguments: positional = {} } of commands) {
    const command = root.command(name, summary);
    const askHere: Ask = (subject) => (subject === "format" ? formats : ask(subject));
    const shared = common.filter((option) => takes === "all" || takes.includes(option.attributeName()));
    for (const option of [...options, ...shared]) addOption(command, option, askHere);
    for (const argument of Object.keys(positional)) {
      const subject = subjectOf(argument.replace(/[<>[\].]/g, ""));
      command.argument(argument, (complete) => offer(ask(subject), complete), argument.includes("..."));
    }
  }
  return root;
}

function addOption(command: Pick<RootCommand, "option">, option: Option, ask: Ask): void {
  const name = (option.long ?? "").replace(/^--/, "");
  if (name === "") return;
  if (!option.required && !option.optional) {
    command.option(name, option.description);
    return;
  }
  const subject = subjectOf(/<([^>]*)>/.exec(option.flags)?.[1] ?? name);
  command.option(name, option.description, (complete) => offer(option.argChoices ?? ask(subject), complete));
}

/** What the placeholder of a value or argument stands for. */
function subjectOf(placeholder: string): Subject {
  const [word = ""] = placeholder.split(/[=[|]/);
  const subjects: Readonly<Record<string, Subject>> = {
    address: "address",
    file: "file",
    plan: "file",
    dir: "file",
    snapshot: "file",
    shell: "shell",
    format: "format",
    alias: "provider",
    environment: "environment",
    kind: "kind",
    kindfield: "kind field",
    kindview: "kind",
    action: "action",
    name: "stack",
  };
  return subjects[word] ?? "nothing";
}

function offer(values: readonly string[], complete: (value: string, description: string) => void): void {
  for (const value of values) complete(value, "");
}

/** The library prints on the console; here it is wanted as a text. Nothing else runs meanwhile. */
function printed(action: () => void): string {
  const { console: streams } = globalThis;
  const { log } = streams;
  const lines: string[] = [];
  streams.log = (line: string) => {
    lines.push(line);
  };
  try {
    action();
  } finally {
    streams.log = log;
  }
  return lines.map((line) => `${line}\n`).join("");
}
