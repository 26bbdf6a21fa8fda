import { fits } from "../core/glob.ts";
import { byText } from "../core/values.ts";
import type { Files } from "./files.ts";

const largestExpansion = 1000;

/**
 * The files of a project that a glob matches, sorted by path. `**` is any number of folders, `*` and `?` stay inside a
 * name, `{a,b}` is either. Wildcards match no name that begins with a dot, and `**` enters no `node_modules`. Every
 * folder is entered once, however many links lead to it.
 */
export function matchFiles(files: Files, glob: string): readonly string[] {
  const found = new Set<string>();
  for (const pattern of alternatives(glob)) {
    descend({ files, found, visited: new Set() }, "", segmentsOf(pattern));
  }
  return [...found].sort(byText);
}

/** True for a glob that may match files below a folder of the project, whatever they are called. */
export function reachesInto(glob: string, folder: string): boolean {
  return alternatives(glob).some((pattern) => reaches(segmentsOf(pattern), segmentsOf(folder)));
}

function reaches(pattern: readonly string[], folder: readonly string[]): boolean {
  const [segment, ...rest] = pattern;
  const [name, ...inside] = folder;
  if (segment === undefined || name === undefined) return segment !== undefined;
  if (segment === "**" && reaches(rest, folder)) return true;
  return matcher(segment)(name) && reaches(segment === "**" ? pattern : rest, inside);
}

function segmentsOf(path: string): readonly string[] {
  return path.split("/").filter((segment) => segment !== "" && segment !== ".");
}

/** Why a text cannot be a glob inside the project; undefined where it can. */
export function globFault(glob: string): string | undefined {
  if (glob.startsWith("/")) return "must be relative to the folder of cairn.yaml";
  const all = alternatives(glob);
  if (all.length >= largestExpansion) return `must have fewer than ${largestExpansion} alternatives in braces`;
  if (all.some((one) => one.split("/").includes(".."))) return "must stay inside the project folder";
  return undefined;
}

/** A glob without braces, in all its forms. */
function alternatives(glob: string): readonly string[] {
  let open = [glob];
  const done: string[] = [];
  while (open.length > 0 && open.length + done.length < largestExpansion) {
    open = open.flatMap((one) => {
      const group = /\{([^{}]*)\}/.exec(one);
      if (group === null) {
        done.push(one);
        return [];
      }
      const [before, after] = [one.slice(0, group.index), one.slice(group.index + group[0].length)];
      return String(group[1])
        .split(",")
        .map((choice) => `${before}${choice}${after}`);
    });
  }
  return [...done, ...open];
}

type Walk = { readonly files: Files; readonly found: Set<string>; readonly visited: Set<string> };

function descend(walk: Walk, folder: string, segments: readonly string[], real = folder): void {
  const [segment, ...rest] = segments;
  const key = `${segments.join("/")} ${real}`;
  if (segment === undefined || walk.visited.has(key)) return;
  walk.visited.add(key);
  const deep = segment === "**";
  if (deep) descend(walk, folder, rest, real);
  const matches = matcher(segment);
  for (const entry of walk.files.entries(folder).filter(({ name }) => matches(name))) {
    const path = [folder, entry.name].filter(Boolean).join("/");
    if (entry.folder) descend(walk, path, deep ? segments : rest, entry.real);
    else if (rest.length === 0) walk.found.add(path);
  }
}

function matcher(segment: string): (name: string) => boolean {
  if (segment === "**") return (name) => !name.startsWith(".") && name !== "node_modules";
  const dotted = segment.startsWith(".");
  return (name) => fits(segment, name) && (dotted || !name.startsWith("."));
}
