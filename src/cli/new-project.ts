import { closeSync, lstatSync, mkdirSync, openSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { CairnError, failure, fault } from "../core/errors.ts";
import { projectTemplate } from "./project-template.ts";

/** What was written of a new project, by paths below its folder. */
export type NewProject = {
  readonly name: string;
  readonly written: readonly string[];
  /** Files for people that were there before and stay as they are. */
  readonly kept: readonly string[];
};

/** A repository that was just made has these. cairn does without its own. */
const companions: ReadonlySet<string> = new Set(["README.md", ".gitignore"]);

/**
 * Writes a new project into a folder, which is made where there is none; `shown` is the folder as messages name it. Never
 * overwrites and follows no link below the folder: everything that is in the way is `E_FILE`, all at once, and nothing is written
 * then.
 */
export function writeProject(folder: string, shown: string, version: string): NewProject {
  const name = projectName(folder);
  const files = [...projectTemplate()].map(([file, text]): ProjectFile => {
    return { file, text: text.replaceAll("PROJECT_NAME", name).replaceAll("CAIRN_VERSION", version) };
  });
  const written: string[] = [];
  try {
    requireFolder(folder, shown);
    const kept = files.flatMap(({ file }) => (companions.has(file) && isFile(join(folder, file)) ? [file] : []));
    const wanted = files.filter(({ file }) => !kept.includes(file));
    refuseConflicts(folder, shown, wanted);
    for (const one of wanted) write(folder, one, written);
    return { name, written, kept };
  } catch (error) {
    for (const file of written) rmSync(join(folder, file), { force: true });
    if (error instanceof CairnError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw failure("E_FILE", `cannot write the project: ${message}`, { help: "name another folder: cairn init DIR" });
  }
}

type ProjectFile = { readonly file: string; readonly text: string };

const help = "move it away, or name another folder: cairn init DIR";

/** "wx": what has come into being since the look before is not overwritten, and what is opened is this run's. */
function write(folder: string, { file, text }: ProjectFile, written: string[]): void {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  const opened = openSync(path, "wx", text.startsWith("#!") ? 0o755 : 0o644);
  written.push(file);
  try {
    writeFileSync(opened, text);
  } finally {
    closeSync(opened);
  }
}

/**
 * A name for the project in a folder, made of the folder's own: lower-case Latin letters, digits and hyphens, beginning with a
 * letter, so that it also serves as the name of Kubernetes objects. `shop` where nothing of it is left.
 */
function projectName(folder: string): string {
  const name = basename(folder)
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .slice(0, 40)
    .replace(/-+$/, "");
  return name === "" ? "shop" : name;
}

/** The folder itself may be a link: it was named. */
function requireFolder(folder: string, shown: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== false) return;
  throw failure("E_FILE", "is no folder", { place: { file: shown }, help });
}

function refuseConflicts(folder: string, shown: string, wanted: readonly ProjectFile[]): void {
  // Several files may have the same obstacle.
  const obstacles = new Map(wanted.flatMap(({ file }) => obstacleOf(folder, file)));
  const faults = [...obstacles].map(([path, message]) => {
    return fault("E_FILE", message, { place: { file: join(shown, path) }, help });
  });
  if (faults.length > 0) throw new CairnError(faults);
}

/** What is in the way of one file, by its path: the file itself, or one of its folders that is none. */
function obstacleOf(folder: string, file: string): readonly [string, string][] {
  const parts = file.split(/[\\/]/);
  for (const index of parts.keys()) {
    const path = join(...parts.slice(0, index + 1));
    const found = lstatSync(join(folder, path), { throwIfNoEntry: false });
    if (found === undefined) return [];
    if (index === parts.length - 1) return [[path, "is there already, and init overwrites nothing"]];
    if (!found.isDirectory()) return [[path, found.isSymbolicLink() ? "is a link" : "is no folder"]];
  }
  return [];
}

function isFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
