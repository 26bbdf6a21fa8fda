import { execFileSync } from "node:child_process";
import { posix } from "node:path";
import { failure } from "../core/errors.ts";
import { byText } from "../core/values.ts";
import type { FileEntry, FileRead, Files } from "./files.ts";

/** The files of a project as a git revision has them. */
export type RevisionFiles = { readonly commit: string; readonly files: Files };

type Blob = { readonly oid: string; readonly size: number; readonly link: boolean };

type Tree = {
  readonly blobs: ReadonlyMap<string, Blob>;
  /** Children by folder; the root is the empty path. */
  readonly folders: ReadonlyMap<string, ReadonlySet<string>>;
  /** The bytes of blobs, read together with others of their folder. */
  readonly bytes: (path: string, blob: Blob, limit: number) => Uint8Array;
};

const largestAnswer = 1 << 30;
const mostLinks = 40;

/**
 * The files below a project folder as a revision of its repository has them, links inside the project included. A folder that
 * the revision lacks is empty. `E_READ` where there is no git, no repository or no such revision.
 */
export function filesAtRevision(folder: string, ref: string): RevisionFiles {
  const prefix = text(git(folder, ref, ["rev-parse", "--show-prefix"])).replace(/\/?\n$/, "");
  const commit = text(git(folder, ref, ["rev-parse", "--verify", "--end-of-options", `${ref}^{commit}`])).trim();
  const tree = readTree(folder, ref, `${commit}:${prefix}`);
  return {
    commit,
    files: {
      entries: (path) => entriesOf(tree, path),
      read: (path, limit) => readBlob(tree, path, limit),
    },
  };
}

function git(folder: string, ref: string, args: readonly string[], input?: string): Buffer {
  try {
    return execFileSync("git", args, {
      cwd: folder,
      maxBuffer: largestAnswer,
      stdio: ["pipe", "pipe", "pipe"],
      ...(input === undefined ? {} : { input }),
    });
  } catch (error) {
    throw failure("E_READ", `cannot read the revision "${ref}": ${reasonOf(error)}`, {
      help: "name a commit, branch or tag of this folder's repository; a shallow clone has to fetch it first (git fetch origin BRANCH)",
    });
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ("code" in error && error.code === "ENOENT") return "the command git is not installed";
  const said = "stderr" in error ? String(error.stderr).trim() : "";
  return said === "" ? error.message : (said.split("\n")[0] ?? said).replace(/^fatal: /, "git says: ");
}

function text(bytes: Buffer): string {
  return bytes.toString("utf8");
}

function readTree(folder: string, ref: string, tree: string): Tree {
  const blobs = new Map<string, Blob>();
  const folders = new Map<string, Set<string>>([["", new Set()]]);
  for (const row of rowsOf(folder, ref, tree)) {
    const [, mode, oid, size, path] = /^(\d+) blob (\w+) +(\d+)\t(.*)$/s.exec(row) ?? [];
    if (oid === undefined || path === undefined) continue;
    blobs.set(path, { oid, size: Number(size), link: mode === "120000" });
    for (let child = path; child !== ""; child = parentOf(child)) {
      const siblings = folders.get(parentOf(child)) ?? new Set();
      folders.set(parentOf(child), siblings.add(posix.basename(child)));
    }
  }
  const known = new Map<string, Uint8Array>();
  const bytes = (path: string, blob: Blob, limit: number): Uint8Array => {
    if (!known.has(blob.oid)) {
      const near = [...blobs].filter(([one, { size }]) => parentOf(one) === parentOf(path) && size <= limit);
      const wanted = [...new Set([blob.oid, ...near.map(([, { oid }]) => oid)])].filter((oid) => !known.has(oid));
      for (const [oid, content] of contentsOf(git(folder, ref, ["cat-file", "--batch"], wanted.join("\n")))) {
        known.set(oid, content);
      }
    }
    return known.get(blob.oid) ?? new Uint8Array();
  };
  return { blobs, folders, bytes };
}

/** The rows of `ls-tree`; none where the revision has no such folder. */
function rowsOf(folder: string, ref: string, tree: string): readonly string[] {
  try {
    git(folder, ref, ["cat-file", "-e", tree]);
  } catch {
    return [];
  }
  return text(git(folder, ref, ["ls-tree", "-r", "-z", "-l", "--full-tree", tree])).split("\0");
}

function parentOf(path: string): string {
  const parent = posix.dirname(path);
  return parent === "." ? "" : parent;
}

/** The blobs of a `cat-file --batch` answer, each under a line of its id, type and size. */
function* contentsOf(answer: Buffer): Generator<readonly [string, Uint8Array]> {
  for (let at = 0; at < answer.length; ) {
    const end = answer.indexOf(10, at);
    const [oid = "", , size] = answer.toString("utf8", at, end).split(" ");
    const from = end + 1;
    at = from + Number(size ?? 0) + 1;
    yield [oid, answer.subarray(from, at - 1)];
  }
}

function entriesOf(tree: Tree, path: string): readonly FileEntry[] {
  const real = resolve(tree, path);
  const names = real === undefined ? [] : (tree.folders.get(real) ?? []);
  return [...names].sort(byText).flatMap((name): FileEntry[] => {
    const target = resolve(tree, posix.join(real ?? "", name));
    if (target === undefined || !(tree.folders.has(target) || tree.blobs.has(target))) return [];
    return [{ name, folder: tree.folders.has(target), real: target }];
  });
}

function readBlob(tree: Tree, path: string, limit: number): FileRead {
  const real = resolve(tree, path);
  if (real === undefined) return { state: "outside" };
  const blob = tree.blobs.get(real);
  if (blob === undefined) return { state: tree.folders.has(real) ? "folder" : "missing" };
  if (blob.size > limit) return { state: "too-large" };
  return { state: "read", bytes: tree.bytes(real, blob, limit) };
}

/** The path after all links; undefined where it leads outside of the project, or in a circle. */
function resolve(tree: Tree, path: string, links = 0): string | undefined {
  const steps = posix
    .normalize(path)
    .split("/")
    .filter((step) => step !== "" && step !== ".");
  if (steps[0] === ".." || links > mostLinks) return undefined;
  for (const index of steps.keys()) {
    const real = steps.slice(0, index + 1).join("/");
    const blob = tree.blobs.get(real);
    if (blob?.link !== true) continue;
    const target = Buffer.from(tree.bytes(real, blob, blob.size)).toString("utf8");
    const rest = steps.slice(index + 1);
    return target.startsWith("/") ? undefined : resolve(tree, posix.join(parentOf(real), target, ...rest), links + 1);
  }
  return steps.join("/");
}
