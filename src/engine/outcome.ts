import type { Address } from "../core/address.ts";
import type { Operation } from "../core/change.ts";
import type { Diagnostic } from "../core/errors.ts";
import type { ApplyOutcome } from "../core/event.ts";
import type { Verdict } from "./walk.ts";

/** What became of each operation, by key. */
export type Verdicts = ReadonlyMap<string, Verdict<Operation, Diagnostic>>;

/**
 * Sums up a walk by address, in the order of the plan: done is an address all of whose operations are; an address of which one
 * failed is not also skipped. `isStopped` tells that a signal asked for the end, which counts where it left something undone.
 */
export function outcomeOf(operations: readonly Operation[], verdicts: Verdicts, isStopped: boolean): ApplyOutcome {
  const faults: Diagnostic[] = [];
  const causes = new Map<Address, Address>();
  const undone = new Set<Address>();
  const faulty = new Set<Address>();
  for (const { key, address } of operations) {
    const verdict = verdicts.get(key);
    if (verdict?.state === "done") continue;
    undone.add(address);
    if (verdict?.state === "failed") {
      faults.push(verdict.fault);
      faulty.add(address);
    }
    if (verdict?.state === "skipped" && !causes.has(address)) causes.set(address, verdict.cause.address);
  }
  // What waits for somebody has not failed, and yet nothing that needs it can be done.
  const waiting = faults.filter(({ severity }) => severity === "warning");
  const addresses = [...new Set(operations.map(({ address }) => address))];
  return {
    done: addresses.filter((address) => !undone.has(address)),
    failed: faults.filter((one) => !waiting.includes(one)),
    ...(waiting.length === 0 ? {} : { waiting }),
    skipped: [...causes].filter(([address]) => !faulty.has(address)).map(([address, cause]) => ({ address, cause })),
    interrupted: isStopped && undone.size > 0,
  };
}

/** The outcome with further faults; what they are about is not done. */
export function withUnproved(outcome: ApplyOutcome, faults: readonly Diagnostic[]): ApplyOutcome {
  const faulty = new Set(faults.map(({ address }) => address));
  const done = outcome.done.filter((address) => !faulty.has(address));
  return { ...outcome, done, failed: [...outcome.failed, ...faults] };
}

/**
 * The verdicts, with what a ledger that could not be written kept from starting as skipped because of the operation that met
 * it first in the order of the plan; `onSkipped` is told of each.
 */
export function withHalted(
  operations: readonly Operation[],
  verdicts: Verdicts,
  onSkipped: (operation: Operation, cause: Operation) => void,
): Verdicts {
  const halting = (verdict: Verdict<Operation, Diagnostic> | undefined): boolean =>
    verdict?.state === "failed" && ["E_LEDGER", "E_LOCKED"].includes(verdict.fault.code);
  const cause = operations.find(({ key }) => halting(verdicts.get(key)));
  if (cause === undefined) return verdicts;
  const all = new Map(verdicts);
  for (const operation of operations) {
    if (verdicts.get(operation.key)?.state !== "unstarted") continue;
    all.set(operation.key, { state: "skipped", cause });
    onSkipped(operation, cause);
  }
  return all;
}
