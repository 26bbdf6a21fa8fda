import { createHash } from "node:crypto";
import { failure } from "../../src/core/errors.ts";
import type { ConditionalStore } from "../../src/ledger/conditional-store.ts";

/** So many turns a caller is stopped for, in which others come from lock to release. */
const pause = 120;

/**
 * What becomes of one operation: it is done, at once or after its caller was stopped right before it, or its caller is told that
 * it failed while it was not done (`lost`), was done, or is done later.
 */
export type Fate = "done" | "done after a pause" | "lost" | "done and lost" | "lost and done late" | "killed";

const isTold: ReadonlySet<Fate> = new Set<Fate>(["done", "done after a pause"]);
const isDone: ReadonlySet<Fate> = new Set<Fate>([...isTold, "done and lost"]);

/** How one caller reaches the store. */
export type Way = {
  /** Awaited before each step, and between a step and its answer. */
  readonly turn?: () => Promise<void>;
  /** Asked for each operation; after `killed` nothing of this caller's is done any more. */
  readonly fate?: () => Fate;
};

/** Texts that outlive their callers. Tags tell texts apart by their content alone, as the plainest S3 does. */
export function memoryStore(): { readonly texts: Map<string, string>; readonly open: (way?: Way) => ConditionalStore } {
  const texts = new Map<string, string>();
  const put = (name: string, text: string, over: string | undefined): { readonly tag: string } | "conflict" => {
    const there = texts.get(name);
    if ((there === undefined ? undefined : tagOf(there)) !== over) return "conflict";
    texts.set(name, text);
    return { tag: tagOf(text) };
  };
  const open = (way: Way = {}): ConditionalStore => {
    const through = passage(way);
    return {
      read: (name) =>
        through(() => {
          const text = texts.get(name);
          return text === undefined ? undefined : { text, tag: tagOf(text) };
        }),
      write: (name, text, over) => through(() => put(name, text, over)),
      remove: (name) => through(() => void texts.delete(name)),
      list: (prefix) => through(() => [...texts.keys()].filter((name) => name.startsWith(prefix)).sort()),
      close: async () => undefined,
    };
  };
  return { texts, open };
}

/** Lets one caller's operations through, as fate will have it. */
function passage({ turn = async () => undefined, fate = () => "done" }: Way): <T>(work: () => T) => Promise<T> {
  let isDead = false;
  return async (work) => {
    await turn();
    const end = isDead ? "killed" : fate();
    isDead ||= end === "killed";
    if (end === "done after a pause") await stop(turn, pause);
    const answer = isDone.has(end) ? { result: work() } : undefined;
    if (end === "lost and done late") void stop(turn, pause).then(work);
    await turn();
    if (answer !== undefined && isTold.has(end)) return answer.result;
    throw failure("E_LEDGER", `the operation is ${end}`);
  };
}

/** Lets others have so many turns; looking for living processes takes some time of theirs as well. */
export async function stop(turn: () => Promise<void>, turns: number): Promise<void> {
  for (let left = turns; left > 0; left -= 1) {
    await turn();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function tagOf(text: string): string {
  return createHash("md5").update(text).digest("hex");
}
