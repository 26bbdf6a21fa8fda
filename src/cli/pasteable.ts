import type { Address } from "../core/address.ts";
import type { Diagnostic } from "../core/errors.ts";
import { helpOf } from "../core/next-step.ts";
import { shellWord } from "../core/shell-word.ts";
import type { CommandSpec } from "./command-spec.ts";
import { commandSpecs } from "./commands.ts";
import type { Options } from "./options.ts";

/** Where a run works: what the next command has to be told again, to work there too. */
export type Workplace = Pick<Options, "directory" | "stack" | "provider"> & {
  /** The provider alias of a resource, where its provider has several: some commands have to be told which is meant. */
  readonly aliasOf?: (address: Address) => string | undefined;
};

const names = commandSpecs.map(({ name }) => name).sort((one, other) => other.length - one.length);
const mention = new RegExp(
  String.raw`\bcairn( --stack (?:'[^']*'|\S+))? (${names.join("|")})(?![\w-])( --provider )?`,
  "g",
);

/**
 * A text of cairn's own in which each command that it names is told `-C`, `--stack` and `--provider` of this run, as far as the
 * command takes them, so that it can be pasted into a POSIX shell where this one was typed. What names its stack already
 * keeps it, and a second pass changes nothing.
 */
export function pasteable(text: string, { directory, stack, provider }: Workplace): string {
  return text.replaceAll(mention, (_, own: string | undefined, name: string, given: string | undefined) => {
    const spec = commandSpecs.find((one) => one.name === name);
    const words = [
      "cairn",
      ...(directory === "." ? [] : ["-C", shellWord(directory)]),
      ...(own === undefined && stack !== undefined && takes(spec, "stack") ? ["--stack", shellWord(stack)] : []),
      ...(own === undefined ? [] : [own.trim()]),
      name,
      ...(given === undefined && provider !== undefined && asksForAlias(spec)
        ? ["--provider", shellWord(provider)]
        : []),
    ];
    return `${words.join(" ")}${given ?? ""}`;
  });
}

/** Diagnostics whose help can be pasted; the very same where there is nothing to be told. Their sentences are quoted by nobody. */
export function withPasteableHelp(list: readonly Diagnostic[], place: Workplace): readonly Diagnostic[] {
  return list.map((one) => {
    const help = helpOf(one);
    if (help === undefined) return one;
    const alias = place.provider ?? (one.address === undefined ? undefined : place.aliasOf?.(one.address));
    const told = pasteable(help, alias === undefined ? place : { ...place, provider: alias });
    return told === help ? one : { ...one, help: told };
  });
}

function takes(spec: CommandSpec | undefined, option: string): boolean {
  return spec?.takes === "all" || spec?.takes.includes(option) === true;
}

/** `--provider` of some commands is an alias, and of `ledger move` what it moves. */
function asksForAlias(spec: CommandSpec | undefined): boolean {
  return spec?.options.some(({ flags }) => flags === "--provider <alias>") === true;
}
