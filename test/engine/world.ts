import type { Plan } from "../../src/core/change.ts";
import { failure } from "../../src/core/errors.ts";
import type { ApplyEvent } from "../../src/core/event.ts";
import type { LedgerState } from "../../src/core/ledger.ts";
import { type Applied, type ApplyInput, applyPlan } from "../../src/engine/apply.ts";
import { type FakeCloud, fakeKinds, openCloud } from "./fake-cloud.ts";
import { jumpingClock, ledgerOf } from "./fixtures.ts";

/** A fake cloud, a ledger, a clock, and everything that an apply says. */
export type World = {
  readonly cloud: FakeCloud;
  readonly clock: ReturnType<typeof jumpingClock>;
  readonly stop: AbortController;
  readonly events: ApplyEvent[];
  /** Every ledger that was stored, the newest last. */
  readonly stored: LedgerState[];
  /** The numbers (from 1) of the ledger writes that fail. */
  readonly failingWrites: Set<number>;
  readonly apply: (plan: Plan, ledger?: LedgerState, rest?: Partial<ApplyInput>) => Promise<Applied>;
};

/** Opens a world in which nothing exists. */
export function openWorld(): World {
  const clock = jumpingClock();
  const cloud = openCloud(clock.now);
  const stop = new AbortController();
  const events: ApplyEvent[] = [];
  const stored: LedgerState[] = [];
  const failingWrites = new Set<number>();
  let writes = 0;
  const write = async (state: LedgerState): Promise<void> => {
    writes += 1;
    const mine = writes;
    cloud.onCall(`write ${mine}`);
    await new Promise((resolve) => setImmediate(resolve));
    if (failingWrites.has(mine)) throw failure("E_LEDGER", "no space left");
    stored.push(state);
  };
  const apply = (plan: Plan, ledger = ledgerOf(), rest: Partial<ApplyInput> = {}): Promise<Applied> =>
    applyPlan({
      plan,
      ledger,
      lock: { write },
      kinds: fakeKinds,
      api: async () => cloud,
      clock,
      pace: 1,
      parallelism: 4,
      signal: stop.signal,
      onEvent: (event) => events.push(event),
      ...rest,
    });
  return { cloud, clock, stop, events, stored, failingWrites, apply };
}
