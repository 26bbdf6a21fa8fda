import type { RunContext } from "../run.ts";

/** `cairn version`: the version on one line, or `{"version": …}`. */
export async function runVersion({ world, output }: RunContext): Promise<number> {
  output.text(`${world.version}\n`);
  output.json({ version: world.version });
  return 0;
}
