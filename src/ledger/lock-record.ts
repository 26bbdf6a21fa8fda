import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { z } from "zod";
import { parseJson } from "../http/json.ts";
import type { FoundHolder, LockHolder } from "./backend.ts";
import { fileCode } from "./file-fault.ts";
import { type Files, systemFiles } from "./files.ts";
import { ownMark, ownUser } from "./process-life.ts";

/** What a lock file holds. The token is of one taking only, so that nobody mistakes a later lock for this one. */
export type LockRecord = LockHolder & { readonly token: string; readonly namespace: string; readonly started: string };

/** A lock file as found. */
export type FoundLock = {
  /** Absent where the content is not readable (yet). */
  readonly record?: LockRecord;
  /** Differs after each sign of life of the holder, and from one lock to the next. */
  readonly beat: string;
  /** When the last sign of life came, by the clock of the file's host: for messages and guesses only. */
  readonly beatenAt: number;
};

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

/** Nothing that cairn puts into a lock file is longer; what is has not come from it. */
const longest = 64 * 1024;

/** Who holds a lock that was found, or not. */
export function holderOf(found: FoundLock | undefined): FoundHolder {
  return found === undefined ? undefined : (found.record ?? "unknown");
}

/** The record of a lock that this process takes now; `since` is ISO time. */
export async function newRecord(command: string, since: string): Promise<LockRecord> {
  return { token: randomUUID(), ...(await ownMark()), user: ownUser(), command, since };
}

/** The lock file at `path`; undefined where there is none. */
export function readLock(path: string, files: Files = systemFiles): Promise<FoundLock | undefined> {
  return withLock(path, files, async (found) => found);
}

/** True while the lock at `path` is the one with this token. */
export async function isHeld(path: string, token: string, files: Files = systemFiles): Promise<boolean> {
  return (await readLock(path, files))?.record?.token === token;
}

/**
 * Gives a sign of life: dates the lock at `path` anew if it is the one with this token. False where it is not, or is not any
 * more once that is done. The date goes to the open file, so that a lock that came in its place is left alone.
 */
export async function renewLock(path: string, token: string, files: Files = systemFiles): Promise<boolean> {
  const renewed = await withLock(path, files, async ({ record }, file) => {
    if (record?.token !== token) return false;
    const now = new Date();
    await file.utimes(now, now);
    return true;
  });
  return renewed === true && (await isHeld(path, token, files));
}

type OpenFile = Awaited<ReturnType<Files["open"]>>;

/** Content and date are read from one open file: between two looks at a path the file there may change. */
async function withLock<T>(
  path: string,
  files: Files,
  use: (found: FoundLock, file: OpenFile) => Promise<T>,
): Promise<T | undefined> {
  // A pipe in its place must not make us wait for its writer.
  const file = await files.open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch((error: unknown) => {
    if (fileCode(error) === "ENOENT") return undefined;
    throw error;
  });
  if (file === undefined) return undefined;
  try {
    const { ino, size, mtimeNs, mtimeMs } = await file.stat({ bigint: true });
    const record = size > longest ? undefined : recordIn(await file.readFile("utf8"));
    const found = { beat: `${ino}.${mtimeNs}`, beatenAt: Number(mtimeMs) };
    return await use(record === undefined ? found : { ...found, record }, file);
  } finally {
    await file.close();
  }
}

/** The record in the text of a lock; undefined where there is none that can be read. */
export function recordIn(text: string): LockRecord | undefined {
  if (text.length > longest) return undefined;
  try {
    return recordSchema.safeParse(parseJson(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
