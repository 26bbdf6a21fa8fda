import { constants } from "node:fs";
import { failure } from "../core/errors.ts";
import { fileCode } from "./file-fault.ts";
import type { Files } from "./files.ts";

/** In bytes. A ledger of 100,000 objects is smaller; what is larger would not fit into one text of this process. */
export const largestLedger = 256 * 2 ** 20;

/** Links are not followed, and the opening of a pipe does not wait for its writer. Where a system knows no such flag it has no such file. */
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * The bytes of a ledger file; undefined where there is none. `E_LEDGER` for what is no regular file (a device never ends, a pipe
 * waits), or too large to be a ledger. A link rejects with the system's ELOOP: a write would replace the link, and the
 * lock beside it would not be the one beside the file.
 */
export async function readLedgerFile(
  path: string,
  location: string,
  files: Pick<Files, "open">,
): Promise<Uint8Array | undefined> {
  const file = await files.open(path, flags).catch((error: unknown) => {
    if (fileCode(error) === "ENOENT") return undefined;
    throw error;
  });
  if (file === undefined) return undefined;
  try {
    const stat = await file.stat();
    const place = { file: location };
    if (!stat.isFile() && !stat.isDirectory()) {
      const help = "set `ledger.path` in cairn.yaml to a file of its own";
      throw failure("E_LEDGER", "cannot read the ledger: it is a device or a pipe, not a file", { place, help });
    }
    if (stat.size > largestLedger) {
      const help = "is it a ledger? put back a copy from a backup, or set `ledger.path` in cairn.yaml to another file";
      const size = `${Math.ceil(stat.size / 2 ** 20)} MiB`;
      throw failure("E_LEDGER", `the ledger is ${size} long; cairn reads no more than ${largestLedger / 2 ** 20} MiB`, {
        place,
        help,
      });
    }
    return await file.readFile();
  } finally {
    await file.close();
  }
}
