import type { Diagnostic } from "../core/errors.ts";
import type { Files } from "../manifest/files.ts";
import { overlaidFiles } from "../manifest/overlaid-files.ts";
import { loadStack, openConfig } from "./open-project.ts";
import type { RunContext } from "./run.ts";

/** A warning for each other stack of the project that new texts of files give other wishes. */
export function otherStacks(
  context: RunContext,
  files: Files,
  texts: ReadonlyMap<string, string>,
): readonly Diagnostic[] {
  const { options } = context;
  const config = openConfig(context, options.vars, false);
  const others = texts.size === 0 ? [] : config.stacks.filter((stack) => stack !== options.stack);
  return others.flatMap((stack): Diagnostic[] => {
    const { config: chosen } = config.forStack(stack);
    if (chosen === undefined) return [];
    // What other stacks need of the environment may be missing here, and does not matter.
    const wishes = (read: Files): string =>
      JSON.stringify(
        loadStack(context, chosen, { files: read, standIn: "x" }).desired.map(({ address, spec }) => [address, spec]),
      );
    if (wishes(files) === wishes(overlaidFiles(files, texts))) return [];
    const message = `the manifests are shared with stack ${stack}, which wants the accepted values as well now`;
    const help = "give what differs between stacks a variable, and its value to each stack in cairn.yaml";
    return [{ severity: "warning", code: "E_ACCEPT", message, help }];
  });
}
