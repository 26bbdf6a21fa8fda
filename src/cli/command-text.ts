import type { Options } from "./options.ts";

/** The command as the lock names it to others: what it is and where it works, without values that may be secret. */
export function commandText(command: string, { stack, targets }: Pick<Options, "stack" | "targets">): string {
  return [
    "cairn",
    command,
    ...(stack === undefined ? [] : ["--stack", stack]),
    ...targets.flatMap((one) => ["--target", one]),
  ].join(" ");
}
