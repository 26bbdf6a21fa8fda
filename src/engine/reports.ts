import type { Change, Operation } from "../core/change.ts";
import type { Diagnostic } from "../core/errors.ts";
import type { ApplyEvent } from "../core/event.ts";
import type { Clock } from "../core/provider.ts";

/** Tells of the operations of a running apply. */
export type Reports = {
  readonly started: (operation: Operation) => void;
  readonly progress: (operation: Operation, message: string, percent?: number) => void;
  /** `id` is the cloud's, where there is one. */
  readonly done: (operation: Operation, id: string | undefined) => void;
  /** Answers the fault with the address and the manifest's place in it. A warning is what waits, not what failed. */
  readonly failed: (operation: Operation, fault: Diagnostic, change: Change | undefined) => Diagnostic;
  readonly skipped: (operation: Operation, cause: Operation) => void;
};

/** Turns what happens into events, with times of the given clock. */
export function openReports(clock: Clock, onEvent: (event: ApplyEvent) => void): Reports {
  const begun = new Map<string, number>();
  const waiting = new Set<string>();
  const step = ({ key, address, action }: Operation) => ({ key, address, action, at: clock.now() });
  const spent = ({ key }: Operation): number => clock.now() - (begun.get(key) ?? clock.now());
  return {
    started: (operation) => {
      begun.set(operation.key, clock.now());
      onEvent({ type: "started", ...step(operation) });
    },
    progress: (operation, message, percent) => {
      onEvent({ type: "progress", ...step(operation), message, ...(percent === undefined ? {} : { percent }) });
    },
    done: (operation, id) => {
      onEvent({ type: "done", ...step(operation), ms: spent(operation), ...(id === undefined ? {} : { id }) });
    },
    failed: (operation, fault, change) => {
      const place = fault.place ?? change?.source;
      const placed = {
        ...fault,
        address: fault.address ?? operation.address,
        ...(place === undefined ? {} : { place }),
      };
      const isWaiting = fault.severity === "warning";
      if (isWaiting) waiting.add(operation.key);
      onEvent({ type: isWaiting ? "waiting" : "failed", ...step(operation), ms: spent(operation), fault: placed });
      return placed;
    },
    skipped: (operation, cause) => {
      const waits = waiting.has(cause.key) ? { waits: true as const } : {};
      onEvent({ type: "skipped", ...step(operation), cause: cause.address, ...waits });
    },
  };
}
