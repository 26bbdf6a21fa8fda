import type { Address } from "../core/address.ts";
import { shellWord } from "../core/shell-word.ts";

/** What the commands of one stack have in common. */
export type CommandPlace = {
  /** The project folder, relative to the folder of the Terraform stack. */
  readonly project: string;
  /** The stack of cairn.yaml, where it has stacks. */
  readonly stack?: string;
  /** `--var`, as written. */
  readonly vars: Readonly<Record<string, string>>;
};

/** How long a command waits for the lock: Terraform starts many at once, and they take turns. */
const patience = "10m";

/**
 * Makes one resource as declared. A change that only a new object can satisfy is refused: deleting is for `destroyCommand`
 * alone.
 */
export function applyCommand(address: Address, place: CommandPlace): string {
  return commandOf(["apply", "--target", address, "--yes", ...common(place), "--allow", "replaces=0"]);
}

/** Deletes, forgets or retains one resource, with what depends on it; does nothing where it is owned no longer. */
export function destroyCommand(address: Address, place: CommandPlace): string {
  return commandOf(["destroy", "--target", address, "--yes", ...common(place)]);
}

/**
 * The same for a resource that is declared no longer and still used by what is: its users are brought up to date first, and
 * nothing that is declared goes with it.
 */
export function releaseCommand(address: Address, place: CommandPlace): string {
  const allowed = ["--allow", "replaces=0", "--allow", `destroy=${address}`];
  return commandOf(["apply", "--target", address, "--yes", ...common(place), ...allowed]);
}

function common({ project, stack, vars }: CommandPlace): readonly string[] {
  return [
    "-C",
    project,
    ...(stack === undefined ? [] : ["--stack", stack]),
    ...Object.entries(vars).flatMap(([name, value]) => ["--var", `${name}=${value}`]),
    "--lock-timeout",
    patience,
  ];
}

function commandOf(words: readonly string[]): string {
  return ["cairn", ...words].map(shellWord).join(" ");
}
