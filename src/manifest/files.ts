import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { isAbsolute, join, relative, sep } from "node:path";
import { byText } from "../core/values.ts";

/** What a folder holds. `real` is the path after all links, relative to the root; what leads outside is no folder. */
export type FileEntry = { readonly name: string; readonly folder: boolean; readonly real: string };

/** What reading a file yielded: its bytes, or why there are none. */
export type FileRead =
  | { readonly state: "read"; readonly bytes: Uint8Array }
  | { readonly state: "missing" | "outside" | "folder" | "too-large" }
  | { readonly state: "unreadable"; readonly reason: string };

/** The files of a project: the disk's, or those of a revision. Paths are relative to the project folder, with "/". */
export type Files = {
  /** Sorted by name; empty for what is no folder inside the project. */
  entries(folder: string): readonly FileEntry[];
  /** Never more than `limit` bytes, never from outside the project folder. */
  read(path: string, limit: number): FileRead;
};

/** The files below a folder on the disk. Links are followed as long as they stay inside. Throws nothing. */
export function filesOnDisk(folder: string): Files {
  const resolve = (path: string): string | undefined => {
    const root = realpathSync.native(folder);
    const real = relative(root, realpathSync.native(join(root, path)));
    return real === ".." || real.startsWith(`..${sep}`) || isAbsolute(real) ? undefined : real;
  };
  return {
    entries: (path) =>
      attempt(
        (): readonly FileEntry[] => {
          const real = resolve(path);
          if (real === undefined) return [];
          const children = readdirSync(join(folder, path), { withFileTypes: true });
          return children
            .sort((left, right) => byText(left.name, right.name))
            .map((child) => {
              if (child.isSymbolicLink())
                return linked(child.name, join(folder, path, child.name), () => resolve(join(path, child.name)));
              return { name: child.name, folder: child.isDirectory(), real: join(real, child.name) };
            });
        },
        () => [],
      ),
    read: (path, limit) =>
      attempt(
        () => (resolve(path) === undefined ? { state: "outside" } : readBytes(join(folder, path), limit)),
        unreadable,
      ),
  };
}

function attempt<Result>(action: () => Result, otherwise: (error: unknown) => Result): Result {
  try {
    return action();
  } catch (error) {
    return otherwise(error);
  }
}

/**
 * What a link leads to. One that leads outside the project or nowhere is there like a file: whoever reads it is told so, and
 * a manifest does not vanish with it.
 */
function linked(name: string, path: string, resolve: () => string | undefined): FileEntry {
  return attempt(
    (): FileEntry => {
      const real = resolve();
      return { name, folder: real !== undefined && statSync(path).isDirectory(), real: real ?? path };
    },
    () => ({ name, folder: false, real: path }),
  );
}

function readBytes(path: string, limit: number): FileRead {
  const stat = statSync(path);
  if (stat.isDirectory()) return { state: "folder" };
  // A pipe or a device has no end that could be waited for.
  if (!stat.isFile()) return { state: "unreadable", reason: "it is no plain file" };
  if (stat.size > limit) return { state: "too-large" };
  return { state: "read", bytes: readFileSync(path) };
}

function unreadable(error: unknown): FileRead {
  const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
  // No path holds a NUL, and none is as long as that.
  const isMissing = ["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ERR_INVALID_ARG_VALUE"].includes(code);
  return isMissing ? { state: "missing" } : { state: "unreadable", reason: code };
}
