import { providers } from "../../providers/index.ts";
import { projectCandidates } from "./candidates.ts";
import { commandSpecs, groupSummaries } from "./commands.ts";
import { commonOptions } from "./common-options.ts";
import { completions } from "./completion.ts";
import type { World } from "./world.ts";

/** `cairn complete -- WORDS…`: what shells ask for by the script of `cairn completion`. The last word is the one begun. */
export async function complete(words: readonly string[], world: World): Promise<void> {
  const { rest, ...choice } = chosen(words);
  const line = { commands: commandSpecs, common: commonOptions, groups: groupSummaries };
  // The catalogues are large, and loaded for the one command that names their calls.
  const calls = rest.includes("api") ? await Promise.all(providers.map((provider) => provider.calls())) : [];
  const actions = calls.flatMap(({ all }) => all.map(({ name }) => name));
  world.stdout.write(completions(line, rest, projectCandidates(world, { ...choice, actions })));
}

/** The project and stack that the words choose; `-C` and its value are taken away, because it has no long name. */
function chosen(words: readonly string[]): { directory: string; stack?: string; rest: readonly string[] } {
  const wordAfter = (option: string): string | undefined => {
    const at = words.slice(0, -2).lastIndexOf(option);
    return at === -1 ? undefined : words[at + 1];
  };
  const directory = wordAfter("-C");
  const stack = wordAfter("--stack") ?? words.find((word) => word.startsWith("--stack="))?.slice("--stack=".length);
  const rest = directory === undefined ? words : words.filter((word, at) => word !== "-C" && words[at - 1] !== "-C");
  return { directory: directory ?? ".", ...(stack === undefined ? {} : { stack }), rest };
}
