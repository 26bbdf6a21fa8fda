import type { Address } from "../../src/core/address.ts";
import { splitAddress } from "../../src/core/address.ts";
import type { Change, Operation, OperationAction, Plan } from "../../src/core/change.ts";
import { type Desired, plainLifecycle } from "../../src/core/desired.ts";
import type { Cloud, Entry, LedgerState } from "../../src/core/ledger.ts";
import { emptyLedger } from "../../src/core/ledger.ts";
import type { Clock } from "../../src/core/provider.ts";
import type { Fields } from "../../src/core/values.ts";

/** The cloud that all test objects live in. */
export const testCloud: Cloud = { provider: "fake", endpoint: "127.0.0.1:1" };

/** A ledger that holds the given entries. */
export function ledgerOf(...entries: readonly Entry[]): LedgerState {
  return {
    ...emptyLedger("proof", undefined, "lineage"),
    serial: 3,
    entries: Object.fromEntries(entries.map((entry) => [entry.address, entry])),
  };
}

/** The entry of a box. */
export function entryNamed(name: string, rest: Partial<Entry> = {}): Entry {
  return {
    address: `Box/${name}`,
    kind: "Box",
    provider: "fake",
    cloud: testCloud,
    id: `id-${name}`,
    identity: name,
    scope: {},
    parents: {},
    dependencies: [],
    origin: "created",
    lifecycle: plainLifecycle,
    spec: { name },
    ...rest,
  };
}

/** A manifest of the given address. */
export function desiredAt(address: Address, spec: Fields, rest: Partial<Desired> = {}): Desired {
  const { kind, name } = splitAddress(address);
  return {
    address,
    kind,
    name,
    provider: "fake",
    spec,
    labels: {},
    lifecycle: plainLifecycle,
    dependsOn: [],
    source: { file: `${name}.yaml`, line: 1 },
    places: {},
    sources: {},
    ...rest,
  };
}

/** A change as the planner writes it, for the given address. */
export function changeAt(address: Address, action: Change["action"], rest: Partial<Change> = {}): Change {
  const { kind, name } = splitAddress(address);
  return {
    address,
    kind,
    provider: "fake",
    cloud: testCloud,
    action,
    reason: "for the test",
    identity: name,
    scope: {},
    parents: {},
    dependencies: [],
    origin: "created",
    lifecycle: plainLifecycle,
    fields: [],
    disruption: "none",
    ...rest,
  };
}

/** One step, named by its key: `create Box/a`. */
export function operation(
  action: OperationAction,
  address: Address,
  after: readonly string[] = [],
  rest: Pick<Operation, "batch" | "serial"> = {},
): Operation {
  return { key: `${action} ${address}`, address, action, after, ...rest };
}

/** A plan of the given changes and operations. */
export function planOf(changes: readonly Change[], operations: readonly Operation[], known: Plan["known"] = {}): Plan {
  return {
    project: "proof",
    destroy: false,
    changes,
    operations,
    known,
    calls: {},
    refusals: [],
    errors: [],
    warnings: [],
    left: [],
  };
}

/** A clock that jumps to the next wake-up once nothing else is done for some turns of the event loop, and notes every wait. */
export function jumpingClock(start = 0, restTurns = 20): Clock & { readonly waits: number[] } {
  let now = start;
  const waits: number[] = [];
  const sleepers = new Set<{ readonly at: number; readonly wake: () => void }>();
  let ticking = false;
  const tick = (idle: number): void => {
    const [next] = [...sleepers].sort((left, right) => left.at - right.at);
    if (next === undefined) {
      ticking = false;
    } else if (idle < restTurns) {
      setImmediate(tick, idle + 1);
    } else {
      now = Math.max(now, next.at);
      sleepers.delete(next);
      next.wake();
      setImmediate(tick, 0);
    }
  };
  return {
    waits,
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        waits.push(ms);
        const wake = (): void => {
          signal?.removeEventListener("abort", stop);
          resolve();
        };
        const sleeper = { at: now + ms, wake };
        sleepers.add(sleeper);
        const stop = (): void => {
          sleepers.delete(sleeper);
          reject(signal?.reason);
        };
        if (signal?.aborted) stop();
        signal?.addEventListener("abort", stop, { once: true });
        if (!ticking) {
          ticking = true;
          setImmediate(tick, 0);
        }
      }),
  };
}
