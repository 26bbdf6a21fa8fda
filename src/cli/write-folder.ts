import { randomBytes } from "node:crypto";
import {
  constants,
  copyFileSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { CairnError, failure } from "../core/errors.ts";

/** A file of a new folder: its path in it, with "/". */
export type NewFile = { readonly path: string; readonly text: string };

/** How the folder begins in which the files of a write lie until all are there. */
const stagePrefix = ".cairn-export-";

/** Throws `E_FILE` unless the folder is missing or empty. What a killed write has left does not count. */
export function requireEmpty(folder: string, shown: string): void {
  const names = namesIn(folder, shown).filter((name) => !isStage(name));
  if (names.length === 0) return;
  const some = names.length > 3 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ");
  throw failure("E_FILE", `"${shown}" is not empty: it holds ${some}`, {
    help: "name a folder that does not exist, or is empty: nothing is ever overwritten",
  });
}

/**
 * Writes files to a folder that is missing or empty: all of them, or none. They are written to a folder of their own in it, and
 * moved to their places when all are there, in the order of the files; what somebody else has put there meanwhile stays, and nothing is
 * written. `E_FILE` says why.
 */
export function writeNewFolder(folder: string, shown: string, files: readonly NewFile[]): void {
  requireEmpty(folder, shown);
  const stage = join(folder, `${stagePrefix}${randomBytes(6).toString("hex")}`);
  const moved: string[] = [];
  let isNew = false;
  try {
    isNew = mkdirSync(folder, { recursive: true }) !== undefined;
    for (const name of namesIn(folder, shown).filter(isStage)) rmSync(join(folder, name), { recursive: true });
    for (const { path, text } of files) {
      mkdirSync(dirname(join(stage, path)), { recursive: true });
      writeFileSync(join(stage, path), text);
    }
    requireEmpty(folder, shown);
    for (const top of new Set(files.map(({ path }) => path.split("/", 1).join()))) {
      move(join(stage, top), join(folder, top));
      moved.push(top);
    }
    rmSync(stage, { recursive: true });
  } catch (error) {
    for (const name of [...moved, basename(stage)]) rmSync(join(folder, name), { recursive: true, force: true });
    if (isNew && namesIn(folder, shown).length === 0) rmdirSync(folder);
    if (error instanceof CairnError) throw error;
    throw failure("E_FILE", `"${shown}" cannot be written: ${reasonOf(error)}`, {
      help: "see to space, permissions and links on the way, or name another folder; nothing of it was left behind",
    });
  }
}

/** Moves a file or a folder to a place where there is nothing; throws where there is. */
function move(from: string, to: string): void {
  if (statSync(from).isDirectory()) renameSync(from, to);
  else copyFileSync(from, to, constants.COPYFILE_EXCL);
}

function isStage(name: string): boolean {
  return name.startsWith(stagePrefix);
}

function namesIn(folder: string, shown: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if (reasonOf(error) === "ENOENT") return [];
    throw failure("E_FILE", `"${shown}" is no folder that can be written: ${reasonOf(error)}`, {
      help: "name a folder that does not exist, or is empty",
    });
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
