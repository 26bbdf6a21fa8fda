import { lstatSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { CairnError, type Diagnostic, fault } from "../core/errors.ts";
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
  const files = [...projectTemplate()].map(([file, text]) => ({
    file,
    text: text.replaceAll("PROJECT_NAME", name).replaceAll("CAIRN_VERSION", version),
  }));
  const kept = files.filter(({ file }) => companions.has(file) && isFile(join(folder, file))).map(({ file }) => file);
  const wanted = files.filter(({ file }) => !kept.includes(file));
  refuseConflicts(folder, shown, wanted);
  const written: string[] = [];
  try {
    for (const { file, text } of wanted) {
      const path = join(folder, file);
      mkdirSync(dirname(path), { recursive: true });
      // "wx": what has come into being since the look above is not overwritten either.
      writeFileSync(path, text, { flag: "wx", mode: text.startsWith("#!") ? 0o755 : 0o644 });
      written.push(file);
    }
  } catch (error) {
    for (const file of written) rmSync(join(folder, file), { force: true });
    const message = error instanceof Error ? error.message : String(error);
    throw new CairnError([
      fault("E_FILE", `cannot write the project: ${message}`, { help: "nothing of it is left; name another folder" }),
    ]);
  }
  return { name, written, kept };
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

function refuseConflicts(folder: string, shown: string, wanted: readonly { readonly file: string }[]): void {
  const help = "move it away, or name another folder: cairn init DIR";
  const obstacles = new Map(wanted.flatMap(({ file }) => obstacle(folder, file) ?? []));
  const faults = [...obstacles].map(([path, message]): Diagnostic => {
    const file = join(shown, relative(folder, path));
    return fault("E_FILE", message, { place: { file }, help });
  });
  if (faults.length > 0) throw new CairnError(faults);
}

/** What is in the way of one file, with its path: the file itself, or one of its folders that is none. */
function obstacle(folder: string, file: string): readonly [string, string][] | undefined {
  const parts = ["", ...file.split(/[\\/]/)];
  const paths = parts.map((_, index) => join(folder, ...parts.slice(0, index + 1)));
  const [root = folder, ...below] = paths;
  // The folder itself may be a link: it was named.
  if (statSync(root, { throwIfNoEntry: false })?.isDirectory() === false) return [[root, "is no folder"]];
  const path = below.at(-1);
  for (const one of below) {
    const found = lstatSync(one, { throwIfNoEntry: false });
    if (found === undefined) return undefined;
    if (one === path) return [[one, "is there already, and init overwrites nothing"]];
    if (!found.isDirectory()) return [[one, found.isSymbolicLink() ? "is a link" : "is no folder"]];
  }
  return undefined;
}

function isFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
