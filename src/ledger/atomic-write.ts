import { createHash, randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileCode } from "./file-fault.ts";
import { type Files, systemFiles } from "./files.ts";

/** A writer takes moments; older leftovers of other hosts, or of a pid that is in use again, have no writer any more. */
const staleMs = 60 * 60 * 1000;

/** What follows the prefix in the name of a temporary file: the tokens of a claim, then host, pid and chance. */
const mark = /^([0-9a-f-]{36}\.)*[0-9a-f]{8}\.\d+\.[0-9a-f]{12}\.tmp$/;

/** File systems that cannot sync a folder say so with one of these; a rename there is as durable as it gets. */
const cannotSyncFolder = new Set(["EINVAL", "EISDIR", "EPERM", "EACCES", "ENOTSUP", "EBADF"]);

/** How a file is replaced. */
export type AtomicWrite = {
  readonly files?: Files;
  /** Called when the new text lies beside the old one, right before it takes its place; keeps it from that by rejecting. */
  readonly confirm?: () => Promise<void>;
  /** The mode of the new file; left out: 0600. */
  readonly mode?: number;
};

/**
 * Replaces a file by another text so that a reader, a crash or a full disk leaves the old text or the new one, never a mix:
 * written to a new file beside it, synced, renamed, and the folder synced. Removes what killed writers of the
 * same file have left. Rejects with the system's error; unless that comes from syncing the folder, the old text stands.
 */
export async function writeAtomically(path: string, text: string, options: AtomicWrite = {}): Promise<void> {
  const { files = systemFiles, confirm, mode } = options;
  await sweep(path, files);
  await putInPlace(await writeBeside(path, text, files, mode), path, { files, ...(confirm && { confirm }) });
}

/** Gives a file that `writeBeside` wrote its place, durably. Where that fails, nothing is left of the file. */
export async function putInPlace(
  temporary: string,
  path: string,
  { files = systemFiles, confirm }: Omit<AtomicWrite, "mode">,
): Promise<void> {
  try {
    await confirm?.();
    await files.rename(temporary, path);
  } catch (error) {
    await files.rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(path), files);
}

/** Writes a new, synced file beside `path` and returns its path; where that fails, nothing is left of it. */
export async function writeBeside(
  path: string,
  text: string | Uint8Array,
  files: Files = systemFiles,
  mode = 0o600,
): Promise<string> {
  const random = randomBytes(6).toString("hex");
  const temporary = join(dirname(path), `${prefixOf(path)}${hostMark()}.${process.pid}.${random}.tmp`);
  const file = await files.open(temporary, "wx", 0o600);
  try {
    try {
      // Not at its opening, because there the process' umask takes away from it.
      if (mode !== 0o600) await file.chmod(mode);
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    return temporary;
  } catch (error) {
    await files.rm(temporary, { force: true });
    throw error;
  }
}

/**
 * Removes all temporary files of `path` and of the claims on it, whoever wrote them: for the one process that may write it.
 * A writer that was stopped right before its rename then fails there, however late it wakes up.
 */
export async function sweepAll(path: string, files: Files = systemFiles): Promise<void> {
  const folder = dirname(path);
  const isOurs = (name: string): boolean =>
    name.startsWith(prefixOf(path)) && mark.test(name.slice(prefixOf(path).length));
  const names = (await files.readdir(folder)).filter(isOurs);
  await Promise.all(names.map((name) => files.rm(join(folder, name), { force: true })));
}

/** Removes the temporary files of `path` whose writers are dead. */
async function sweep(path: string, files: Files = systemFiles): Promise<void> {
  const folder = dirname(path);
  const names = (await files.readdir(folder)).filter(
    (name) => name.startsWith(prefixOf(path)) && name.endsWith(".tmp"),
  );
  for (const name of names) {
    const leftover = join(folder, name);
    if (await isLeft(leftover, name.slice(prefixOf(path).length), files)) await files.rm(leftover, { force: true });
  }
}

/** `rest` is `<host>.<pid>.<random>.tmp`. */
async function isLeft(leftover: string, rest: string, files: Files): Promise<boolean> {
  const [host, pid] = rest.split(".");
  if (host === hostMark() && !isRunning(Number(pid))) return true;
  const age = await files.stat(leftover).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
  return age > staleMs;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return fileCode(error) !== "ESRCH";
  }
}

async function syncFolder(folder: string, files: Files): Promise<void> {
  try {
    const handle = await files.open(folder, "r");
    await handle.sync().finally(() => handle.close());
  } catch (error) {
    if (!cannotSyncFolder.has(fileCode(error) ?? "")) throw error;
  }
}

function prefixOf(path: string): string {
  return `.${basename(path)}.`;
}

/** The host in a form that every file system takes in a name. */
function hostMark(): string {
  return createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
}
