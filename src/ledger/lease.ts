import type { Clock } from "../core/provider.ts";

/**
 * How a lock shows that its holder lives: it renews the lock file every `beatMs`. A lock that was watched for `ms` and was not
 * renewed is free for whoever watched.
 */
export type Lease = { readonly ms: number; readonly beatMs: number };

/** Six signs of life may get lost before anybody takes a lock. */
export const defaultLease: Lease = { ms: 30_000, beatMs: 5_000 };

/** Tells of a lock file, each time it is looked at, whether it has been silent for a whole lease. */
export type Watch = (path: string, beat: string) => boolean;

/**
 * Watches lock files by this machine's clock alone: what counts is how long a `beat` has not changed while we looked, never what
 * time its holder says. A gap between two looks counts for a quarter of the lease at most, because who was suspended
 * himself has not watched.
 */
export function openWatch({ ms }: Lease, clock: Clock): Watch {
  const seen = new Map<string, { readonly beat: string; readonly at: number; readonly silentMs: number }>();
  return (path, beat) => {
    const at = clock.now();
    const before = seen.get(path);
    const silentMs = before?.beat === beat ? before.silentMs + Math.min(Math.max(at - before.at, 0), ms / 4) : 0;
    seen.set(path, { beat, at, silentMs });
    return silentMs >= ms;
  };
}
