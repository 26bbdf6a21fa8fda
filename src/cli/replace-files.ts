import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { CairnError, type Diagnostic, fault } from "../core/errors.ts";
import { writeAtomically } from "../ledger/atomic-write.ts";
import { fileCode } from "../ledger/file-fault.ts";
import type { Files } from "../manifest/files.ts";
import { filesOnDisk } from "../manifest/files.ts";
import { largestFile } from "../manifest/parse-yaml.ts";

/**
 * Writes new texts over files of a folder, each so that a crash leaves the old text or the new one, its mode kept. Nothing is
 * written (`E_ACCEPT`) where one of them is not as `read` any more, cannot be written, or is reached through a link.
 */
export async function replaceFiles(root: string, texts: ReadonlyMap<string, string>, read: Files): Promise<void> {
  const disk = filesOnDisk(root);
  const faults = [...texts.keys()].flatMap((path): Diagnostic[] => {
    const reason = isSame(read, disk, path) ? obstacleAt(root, path) : "has changed since it was read; run again";
    return reason === undefined ? [] : [fault("E_ACCEPT", `nothing was written: ${reason}`, { place: { file: path } })];
  });
  if (faults.length > 0) throw new CairnError(faults);
  for (const [path, text] of texts) {
    const file = join(root, path);
    await writeAtomically(file, text, { mode: statSync(file).mode & 0o777 }).catch((error: unknown) => {
      const reason = `cannot be written (${fileCode(error) ?? error}); what was written before it stays`;
      throw new CairnError([
        fault("E_ACCEPT", reason, {
          place: { file: path },
          help: "see to space and permissions, then run cairn accept again",
        }),
      ]);
    });
  }
}

function isSame(read: Files, disk: Files, path: string): boolean {
  const [old, now] = [read.read(path, largestFile), disk.read(path, largestFile)];
  return old.state === "read" && now.state === "read" && Buffer.compare(old.bytes, now.bytes) === 0;
}

function obstacleAt(root: string, path: string): string | undefined {
  const file = join(root, path);
  if (realpathSync(file) !== join(realpathSync(root), path)) {
    return "it is reached through a link, and others may be, too; change it by hand";
  }
  try {
    accessSync(file, constants.W_OK);
    return undefined;
  } catch {
    return "it is not writable; change its permissions";
  }
}
