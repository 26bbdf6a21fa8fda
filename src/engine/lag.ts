import { type ListRequest, listKey } from "../core/snapshot.ts";

/** A write of this run whose answer came: the object is there, or gone, at the latest since then. */
type Write = ListRequest & {
  readonly id: string;
  readonly makes: "there" | "gone";
  /** When its call was sent and when it was answered, in milliseconds of the engine's clock. */
  readonly sentAt: number;
  readonly answeredAt: number;
};

/** What a run has seen of lists that show writes late: its own writes, held against what lists showed later. */
export type Lag = {
  readonly wrote: (write: Write) => void;
  /** A list that was begun at `began` showed these ids. */
  readonly listed: (request: ListRequest, ids: ReadonlySet<string>, began: number) => void;
  /** How long a list has hidden a write of this run so far, in milliseconds; 0 where none was seen to. At most a minute. */
  readonly longestMs: () => number;
  /**
   * True where the newest list of that scope shows a write that was sent at `since` or later: it shows then what was done
   * before, too.
   */
  readonly covers: (request: ListRequest, since: number) => boolean;
};

/** What is hidden for longer is not late: somebody else has undone it. */
const longestLagMs = 60_000;

/** Starts with nothing seen. */
export function openLag(): Lag {
  const writes = new Map<string, Write[]>();
  const shownUpTo = new Map<string, number>();
  let longest = 0;
  return {
    wrote: (write) => {
      const key = listKey(write);
      // What became of an object last is all that a list can still show late.
      writes.set(key, [...(writes.get(key) ?? []).filter(({ id }) => id !== write.id), write]);
    },
    listed: (request, ids, began) => {
      const key = listKey(request);
      const all = writes.get(key) ?? [];
      const isShown = ({ id, makes }: Write): boolean => ids.has(id) === (makes === "there");
      shownUpTo.set(key, Math.max(Number.NEGATIVE_INFINITY, ...all.filter(isShown).map(({ sentAt }) => sentAt)));
      const hidden = all.filter((write) => !isShown(write) && began - write.answeredAt < longestLagMs);
      longest = Math.max(longest, ...hidden.map(({ answeredAt }) => began - answeredAt));
    },
    longestMs: () => longest,
    covers: (request, since) => (shownUpTo.get(listKey(request)) ?? Number.NEGATIVE_INFINITY) >= since,
  };
}
