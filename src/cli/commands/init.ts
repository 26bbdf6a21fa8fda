import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { shellWord } from "../../core/shell-word.ts";
import { safeLine } from "../../render/safe-text.ts";
import { writeProject } from "../new-project.ts";
import type { RunContext } from "../run.ts";

/** `cairn init [DIR]`: writes a project that plans and applies against the emulator, with its pipelines. Calls nobody. */
export async function runInit({ world, options, arguments: [directory = "."], output }: RunContext): Promise<number> {
  const folder = resolve(world.cwd, options.directory, directory);
  const shown = relative(world.cwd, folder) || ".";
  const { name, written, kept } = writeProject(folder, shown, world.version);
  output.json({ project: name, directory: shown, written, kept });
  output.text(`wrote project ${name}${shown === "." ? "" : ` to ${safeLine(shown)}`}:\n`);
  for (const file of written) output.text(`  ${file}\n`);
  for (const file of kept) output.text(`kept ${file}, which was there before\n`);
  if (kept.includes(".gitignore")) output.text("  add to it: node_modules/ .cairn/ plan.json\n");
  output.text(`\nNext, with the cloud played on this machine:\n${commands(shown)}`);
  const above = repositoryAbove(folder);
  if (above !== undefined) output.message("warn", pipelineHint(safeLine(above)));
  return 0;
}

function commands(shown: string): string {
  const enter = shown === "." ? [] : [`cd ${safeLine(shellWord(shown))}`];
  return [...enter, "cairn emulator &", "cairn plan", "cairn apply"].map((line) => `  ${line}\n`).join("");
}

/** The root of the git repository that a folder lies in, unless it is that root itself. */
function repositoryAbove(folder: string): string | undefined {
  if (existsSync(join(folder, ".git"))) return undefined;
  for (let above = dirname(folder); ; above = dirname(above)) {
    if (existsSync(join(above, ".git"))) return above;
    if (above === dirname(above)) return undefined;
  }
}

function pipelineHint(root: string): string {
  return (
    `\nThe project lies in the git repository of ${root}. Code hosts look for pipelines at its root: move .github and ` +
    ".gitlab-ci.yml there, and let them work in the project's folder, see docs/ci.md.\n"
  );
}
