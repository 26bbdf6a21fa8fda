import { posix } from "node:path";

/** The path of a ledger with the stack before its extension; separated by slashes or as the system does. */
export function stackPath(path: string, stack: string | undefined): string {
  if (stack === undefined) return path;
  const extension = posix.extname(path);
  return `${path.slice(0, path.length - extension.length)}.${stack}${extension}`;
}

/** True for the name of something beside `path` that could be the same project's ledger, with or without a stack. */
export function isLikeLedger(path: string, name: string): boolean {
  const extension = posix.extname(path);
  const base = posix.basename(path);
  const stem = posix.basename(path, extension);
  if (name.includes("/")) return false;
  return name === base || (name.startsWith(`${stem}.`) && name.endsWith(extension) && !name.endsWith(".lock"));
}
