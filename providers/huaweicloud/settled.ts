import { failure } from "../../src/core/errors.ts";
import type { Readiness } from "../../src/core/kind.ts";
import type { HuaweiCloud } from "./client.ts";

/** How long is waited between two looks, and in all; milliseconds, divided by `pace`. */
export type Patience = { readonly intervalMs: number; readonly timeoutMs: number };

/**
 * Looks at an object until the cloud is done with it, and gives what it looks like then: while something is under way the cloud
 * refuses changes. `E_NOT_READY` where it takes too long or `stateOf` calls it failed, `E_CLOUD` where there is no such object.
 */
export async function settled<T>(
  { pause }: Pick<HuaweiCloud, "pause">,
  look: () => Promise<T | undefined>,
  stateOf: (seen: T) => Readiness,
  { intervalMs, timeoutMs }: Patience,
): Promise<T> {
  for (let waited = 0; ; waited += intervalMs) {
    const seen = await look();
    if (seen === undefined) throw failure("E_CLOUD", "it does not exist any more; run the same command again");
    const now = stateOf(seen);
    if (now.state === "ready") return seen;
    if (now.state === "failed") throw failure("E_NOT_READY", `it cannot be changed: ${now.reason}`);
    if (waited >= timeoutMs) {
      throw failure("E_NOT_READY", `it cannot be changed: after ${timeoutMs / 1000} s still ${now.reason}`);
    }
    await pause(intervalMs);
  }
}
