import { CairnError, fault } from "../core/errors.ts";

const cures: Readonly<Record<string, readonly [what: string, cure: string]>> = {
  ENOSPC: ["the disk is full", "free some space and run the command again"],
  EDQUOT: ["the disk quota is used up", "free some space and run the command again"],
  EACCES: [
    "permission denied",
    "let this user read and write the folder, or set `ledger.path` in cairn.yaml to another one",
  ],
  EPERM: [
    "not permitted",
    "let this user read and write the folder, or set `ledger.path` in cairn.yaml to another one",
  ],
  EROFS: ["the file system is read-only", "set `ledger.path` in cairn.yaml to a folder that can be written"],
  EISDIR: ["it is a folder, not a file", "set `ledger.path` in cairn.yaml to a file"],
  ENOTDIR: ["a part of the path is a file, not a folder", "set `ledger.path` in cairn.yaml to a file inside a folder"],
  EEXIST: ["a part of the path is a file, not a folder", "set `ledger.path` in cairn.yaml to a file inside a folder"],
  ELOOP: ["it is a symbolic link", "set `ledger.path` in cairn.yaml to the file that it leads to"],
  EMFILE: ["too many open files", "raise the limit of open files, or run with a lower --parallelism"],
  ENAMETOOLONG: ["the path is too long", "set a shorter `ledger.path` in cairn.yaml"],
};

/** The system's code of a failed file operation; undefined for other errors. */
export function fileCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/**
 * `E_LEDGER` for a file operation that failed; `doing` completes "cannot", e.g. `write the ledger`. What is an error of
 * cairn's already is returned as it is.
 */
export function fileFault(error: unknown, doing: string, location: string): CairnError {
  if (error instanceof CairnError) return error;
  const code = fileCode(error);
  const place = { file: location };
  const [what, help] = cures[code ?? ""] ?? [error instanceof Error ? error.message : String(error), undefined];
  const message = `cannot ${doing}: ${what}${code === undefined ? "" : ` (${code})`}`;
  return new CairnError([fault("E_LEDGER", message, help === undefined ? { place } : { place, help })], {
    cause: error,
  });
}
