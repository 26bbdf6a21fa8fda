import { link, mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";

/** The file operations that must hold when a disk is full or a file system lacks something: tests hand in their own. */
export type Files = Pick<
  typeof import("node:fs/promises"),
  "link" | "mkdir" | "open" | "readdir" | "readFile" | "rename" | "rm" | "stat"
>;

/** The real file system. */
export const systemFiles: Files = { link, mkdir, open, readdir, readFile, rename, rm, stat };
