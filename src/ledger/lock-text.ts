import { randomUUID } from "node:crypto";
import { z } from "zod";
import { parseJson } from "../http/json.ts";
import type { StoredText } from "./conditional-store.ts";
import { type FoundLock, type LockRecord, recordIn } from "./lock-record.ts";
import { stableJson } from "./stable-json.ts";

const beaten = z.object({ beatenAt: z.iso.datetime() });
const free = z.object({ free: z.uuid() });

/** A lock as a store holds it while a run has it; `now` is when that run gives this sign of life. Never the same text twice. */
export function heldText(record: LockRecord, now: number): string {
  return stableJson({ ...record, beatenAt: new Date(now).toISOString(), beat: randomUUID() });
}

/** A lock that nobody has: it stays, because not every store can remove a text on a condition. */
export function freeText(): string {
  return stableJson({ free: randomUUID() });
}

/** The lock in a stored text; undefined for one that was given back. What cannot be read is somebody's whom nobody knows. */
export function lockIn({ text, tag }: StoredText): FoundLock | undefined {
  const record = recordIn(text);
  if (record !== undefined) return { record, beat: tag, beatenAt: beatenIn(text) };
  return isFree(text) ? undefined : { beat: tag, beatenAt: 0 };
}

function beatenIn(text: string): number {
  const { data } = beaten.safeParse(parseJson(text));
  return data === undefined ? 0 : Date.parse(data.beatenAt);
}

function isFree(text: string): boolean {
  try {
    return free.safeParse(parseJson(text)).success;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
