import { failure } from "../../core/errors.ts";
import { didYouMean } from "../../core/suggest.ts";
import { completionScript } from "../completion.ts";
import type { RunContext } from "../run.ts";
import { shells } from "../shells.ts";

/** `cairn completion SHELL`: the script that makes a shell complete cairn's commands, options, kinds and addresses. */
export async function runCompletion({ arguments: [asked = ""], output }: RunContext): Promise<number> {
  const shell = shells.find((one) => one === asked);
  if (shell === undefined) {
    const help = didYouMean(asked, shells, `known are ${shells.join(", ")}`);
    throw failure("E_USAGE", `there is no completion for "${asked}"`, { help });
  }
  output.text(completionScript(shell));
  return 0;
}
