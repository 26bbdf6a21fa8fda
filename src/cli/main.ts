import type { World } from "./world.ts";

/**
 * Runs one command line (without node and script) in a world and gives its exit code. Never throws: everything that goes
 * wrong is shown on stderr, and as a document on stdout where JSON was asked for.
 */
export async function main(argv: readonly string[], world: World): Promise<number> {
  // Scripts ask for it at every start: it must not cost the reading of a command line.
  if (argv.length === 1 && argv[0] === "version") {
    world.stdout.write(`${world.version}\n`);
    return 0;
  }
  const { runCommandLine } = await import("./command-run.ts");
  return runCommandLine(argv, world);
}
