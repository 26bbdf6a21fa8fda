import { basename, dirname, join } from "node:path";
import { sweepAll, writeBeside } from "./atomic-write.ts";
import { fileCode } from "./file-fault.ts";
import { type Files, systemFiles } from "./files.ts";
import type { Watch } from "./lease.ts";
import { type FoundLock, isHeld, type LockRecord, readLock } from "./lock-record.ts";
import { isDead } from "./process-life.ts";
import { stableJson } from "./stable-json.ts";

/** How a lock is tried for. */
export type LockTry = {
  readonly files?: Files;
  /** Judges a holder that is not certainly dead; without it only the dead lose their locks. */
  readonly watch?: Watch;
};

type Taker = { readonly record: LockRecord; readonly files: Files; readonly watch: Watch };

/** File systems without hard links say so with one of these. */
const noLinks = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]);

const claimName = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=\.|$)/;

/**
 * Tries once to take the lock at `path`, which takes it over from a holder that is certainly dead, or that `watch` has found
 * silent. Returns undefined when it is taken, else the lock that stands in the way.
 *
 * Of several takers one wins: the file appears with its content by one exclusive step. A dead or silent holder's file is
 * replaced only by whoever holds the lock on its token (a lock of the same sort, `<path>.<token>`), and only while the file
 * still is as it was judged; tokens never come back, so a taker that judged an older file changes nothing. A taker that is
 * stopped in between finds its own file swept away by the next one, so that its last step fails however late it comes.
 */
export function tryLock(path: string, record: LockRecord, options: LockTry = {}): Promise<FoundLock | undefined> {
  const { files = systemFiles, watch = () => false } = options;
  return take(path, { record, files, watch });
}

/** Removes the lock at `path`, if it still is the one with this token: for its own holder. */
export async function dropLock(path: string, token: string, files: Files = systemFiles): Promise<void> {
  if (await isHeld(path, token, files)) await files.rm(path, { force: true });
}

/** Removes the lock at `path` whoever holds it, and returns what was there: for a user who knows that the holder is gone. */
export async function removeLock(
  path: string,
  record: LockRecord,
  files: Files = systemFiles,
): Promise<FoundLock | undefined> {
  const found = await readLock(path, files);
  if (found === undefined) return undefined;
  const remove = (): Promise<void> => files.rm(path, { force: true });
  const token = found.record?.token;
  if (token === undefined) await remove();
  else {
    const isSame = (): Promise<boolean> => isHeld(path, token, files);
    await withClaim(`${path}.${token}`, { record, files, watch: () => false }, isSame, remove);
  }
  return found;
}

/**
 * Removes what killed or stopped takers of the lock at `path` have left: a claim then is on a lock that is no more, and a
 * stopped taker's file must not replace ours. For its holder only, whose `token` is not to be swept.
 */
export async function sweepClaims(path: string, token: string, files: Files = systemFiles): Promise<void> {
  const prefix = `${basename(path)}.`;
  const isClaim = (name: string): boolean => name.startsWith(prefix) && claimName.test(name.slice(prefix.length));
  const claims = (await files.readdir(dirname(path))).filter(isClaim);
  const others = claims.filter((name) => !name.startsWith(`${prefix}${token}`));
  await Promise.all(others.map((name) => files.rm(join(dirname(path), name), { force: true })));
  await sweepAll(path, files);
}

async function take(path: string, taker: Taker): Promise<FoundLock | undefined> {
  const found = await readLock(path, taker.files);
  const end = found === undefined ? await createWith(path, taker) : await takeOver(path, found, taker);
  return end === "again" ? take(path, taker) : end;
}

/** Replaces the lock of a holder that is gone. `again` where the lock is another one by now. */
async function takeOver(path: string, found: FoundLock, taker: Taker): Promise<FoundLock | "again" | undefined> {
  const { record, files, watch } = taker;
  const isSilent = watch(path, found.beat);
  const holder = found.record;
  if (holder === undefined || !(isSilent || (await isDead(holder, record)))) return found;
  // Written before the lock is looked at for the last time: only so does whoever comes next find it and sweep it away.
  const temporary = await writeBeside(path, stableJson(record), files);
  const isSame = async (): Promise<boolean> => (await readLock(path, files))?.beat === found.beat;
  try {
    const end = await withClaim(`${path}.${holder.token}`, taker, isSame, () => files.rename(temporary, path));
    if (end !== "done") return end;
    return (await isHeld(path, record.token, files)) ? undefined : "again";
  } catch (error) {
    if (fileCode(error) === "ENOENT") return "again";
    throw error;
  } finally {
    await files.rm(temporary, { force: true });
  }
}

/** Does something to a lock while nobody else may. `again` where the lock is another one by now; else whoever is at it. */
async function withClaim(
  claim: string,
  taker: Taker,
  isSame: () => Promise<boolean>,
  change: () => Promise<void>,
): Promise<FoundLock | "again" | "done"> {
  const rival = await take(claim, taker);
  if (rival !== undefined) return rival;
  try {
    if (!(await isSame())) return "again";
    await change();
    return "done";
  } finally {
    await dropLock(claim, taker.record.token, taker.files);
  }
}

/** Creates the lock file with its whole content in one step; `again` where one exists by now. */
async function createWith(path: string, { record, files }: Taker): Promise<"again" | undefined> {
  const text = stableJson(record);
  const temporary = await writeBeside(path, text, files);
  try {
    await files.link(temporary, path);
    return undefined;
  } catch (error) {
    // Missing: swept away by somebody who has the lock by now.
    if (["EEXIST", "ENOENT"].includes(fileCode(error) ?? "")) return "again";
    if (!noLinks.has(fileCode(error) ?? "")) throw error;
    return await createInTwoSteps(path, text, files);
  } finally {
    await files.rm(temporary, { force: true });
  }
}

/** Without hard links: a reader in between finds a lock without a record, which counts as held. */
async function createInTwoSteps(path: string, text: string, files: Files): Promise<"again" | undefined> {
  try {
    const file = await files.open(path, "wx", 0o600);
    await file.writeFile(text).finally(() => file.close());
    return undefined;
  } catch (error) {
    if (fileCode(error) === "EEXIST") return "again";
    // It is ours, and would be taken for a lock with an unknown holder.
    await files.rm(path, { force: true });
    throw error;
  }
}
