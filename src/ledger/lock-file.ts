import { randomUUID } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { parseJson } from "../http/json.ts";
import { sweep, writeBeside } from "./atomic-write.ts";
import type { LockHolder } from "./backend.ts";
import { fileCode } from "./file-fault.ts";
import { type Files, systemFiles } from "./files.ts";
import { isDead, ownMark, ownUser } from "./process-life.ts";
import { stableJson } from "./stable-json.ts";

/** What a lock file holds. The token is of one taking only, so that nobody mistakes a later lock for this one. */
export type LockRecord = LockHolder & { readonly token: string; readonly namespace: string; readonly started: string };

/** A lock file as found: without a record where its content is not readable (yet). */
export type FoundLock = { readonly record?: LockRecord };

const recordSchema: z.ZodType<LockRecord> = z.object({
  token: z.uuid(),
  pid: z.int().min(1),
  host: z.string(),
  boot: z.string(),
  namespace: z.string(),
  started: z.string(),
  user: z.string(),
  command: z.string(),
  since: z.string(),
});

/** File systems without hard links say so with one of these. */
const noLinks = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]);

const tokenStart = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\.|$)/;

/** The record of a lock that this process takes now; `since` is ISO time. */
export async function newRecord(command: string, since: string): Promise<LockRecord> {
  return { token: randomUUID(), ...(await ownMark()), user: ownUser(), command, since };
}

/** The lock file at `path`; undefined where there is none. */
export async function readLock(path: string, files: Files = systemFiles): Promise<FoundLock | undefined> {
  try {
    const text = await files.readFile(path, "utf8");
    const { data } = recordSchema.safeParse(parseJson(text));
    return data === undefined ? {} : { record: data };
  } catch (error) {
    if (fileCode(error) === "ENOENT") return undefined;
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/**
 * Tries once to take the lock at `path`, which takes it over from a holder that is certainly dead. Returns undefined when
 * it is taken, else the lock that stands in the way.
 *
 * Of several takers one wins: the file appears with its content by one exclusive step. A dead holder's file is replaced
 * only by whoever holds the lock on its token (a lock of the same sort, `<path>.<token>`), and only while the file still
 * has that token; tokens never come back, so a taker that judged an older file changes nothing.
 */
export async function tryLock(
  path: string,
  record: LockRecord,
  files: Files = systemFiles,
): Promise<FoundLock | undefined> {
  const found = await readLock(path, files);
  if (found === undefined) return (await createWith(path, record, files)) ? undefined : tryLock(path, record, files);
  const holder = found.record;
  if (holder === undefined || !(await isDead(holder, record))) return found;
  const replace = async (): Promise<void> => files.rename(await writeBeside(path, stableJson(record), files), path);
  const claim = await withClaim(path, holder.token, record, files, replace);
  return claim === "lost" ? tryLock(path, record, files) : claim;
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
  const remove = (): Promise<void> => files.rm(path, { force: true });
  if (found?.record !== undefined) await withClaim(path, found.record.token, record, files, remove);
  else if (found !== undefined) await remove();
  return found;
}

/** True while the lock at `path` is the one with this token. */
export async function isHeld(path: string, token: string, files: Files = systemFiles): Promise<boolean> {
  return (await readLock(path, files))?.record?.token === token;
}

/** Removes what killed takers of the lock at `path` have left. Only its holder may: a claim then is on a lock that is no more. */
export async function sweepClaims(path: string, files: Files = systemFiles): Promise<void> {
  await sweep(path, files);
  const prefix = `${basename(path)}.`;
  const isClaim = (name: string): boolean => name.startsWith(prefix) && tokenStart.test(name.slice(prefix.length));
  const claims = (await files.readdir(dirname(path))).filter(isClaim);
  await Promise.all(claims.map((name) => files.rm(join(dirname(path), name), { force: true })));
}

/**
 * Does something to the lock with this token while nobody else may. Returns undefined when it was done, `lost` where the
 * lock is another one by now, or the lock of whoever is at it.
 */
async function withClaim(
  path: string,
  token: string,
  record: LockRecord,
  files: Files,
  change: () => Promise<void>,
): Promise<FoundLock | "lost" | undefined> {
  const claim = `${path}.${token}`;
  const rival = await tryLock(claim, record, files);
  if (rival !== undefined) return rival;
  try {
    if (!(await isHeld(path, token, files))) return "lost";
    await change();
    return undefined;
  } finally {
    await files.rm(claim, { force: true });
  }
}

/** Creates the lock file with its whole content in one step; false where one exists. */
async function createWith(path: string, record: LockRecord, files: Files): Promise<boolean> {
  const text = stableJson(record);
  const temporary = await writeBeside(path, text, files);
  try {
    await files.link(temporary, path);
    return true;
  } catch (error) {
    if (fileCode(error) === "EEXIST") return false;
    if (!noLinks.has(fileCode(error) ?? "")) throw error;
    return await createInTwoSteps(path, text, files);
  } finally {
    await files.rm(temporary, { force: true });
  }
}

/** Without hard links: a reader in between finds a lock without a record, which counts as held. */
async function createInTwoSteps(path: string, text: string, files: Files): Promise<boolean> {
  try {
    const file = await files.open(path, "wx", 0o600);
    await file.writeFile(text).finally(() => file.close());
    return true;
  } catch (error) {
    if (fileCode(error) === "EEXIST") return false;
    // It is ours, and would be taken for a lock with an unknown holder.
    await files.rm(path, { force: true });
    throw error;
  }
}
