import { isAbsolute, relative, resolve, sep } from "node:path";
import { failure } from "../core/errors.ts";
import { reachesInto } from "../manifest/glob.ts";
import { openConfig } from "./open-project.ts";
import type { RunContext } from "./run.ts";

/**
 * Throws `E_FILE` for a folder in which the project, in whatever stack, looks for its own manifests: those of another project there
 * would declare a second time what it declares. Calls nobody.
 */
export function requireApart(context: RunContext, folder: string, shown: string): void {
  const { world, options } = context;
  const inside = relative(resolve(world.cwd, options.directory), folder);
  if (inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside)) return;
  const config = openConfig(context, options.vars, false);
  const stacks = config.stacks.length === 0 ? [undefined] : config.stacks;
  const globs = stacks.flatMap((stack) => config.forStack(stack).config?.manifests ?? []).map(({ pattern }) => pattern);
  const glob = globs.find((one) => reachesInto(one, inside.replaceAll(sep, "/")));
  if (glob === undefined) return;
  throw failure("E_FILE", `"${shown}" is where this project looks for its own manifests (${glob})`, {
    help: "name a folder beside them: the exported project declares again what this one declares",
  });
}
