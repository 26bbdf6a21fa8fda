import PQueue from "p-queue";
import { failure } from "../core/errors.ts";
import type { ProviderWorld } from "../core/provider.ts";
import { type CallError, isCallError } from "./call-error.ts";
import { openPace, type Pace } from "./pace.ts";

/** How a call asks for its turn. */
export type Turn = {
  /** The API that is called: each has a limit of its own. */
  readonly api: string;
  /** Calls that were sent before go first: their time is running. */
  readonly attempt: number;
  /** A call that changes something belongs to what is under way, which is finished after an interrupt. */
  readonly mutating: boolean;
};

/**
 * Runs a task when its turn has come and a slot is free, and gives the slot back when the task settles. One attempt of a call is
 * one task: it is signed inside, because a date and nonce made before the queue would be stale behind it; waits between
 * attempts stay outside, so that they hold no slot. A task that rejects as throttled slows its API down. A call that changes
 * nothing and still waits when the signal aborts rejects with `E_INTERRUPTED`; one that comes after that is let in.
 */
export type Gate = <T>(task: () => Promise<T>, turn: Turn) => Promise<T>;

type GateWorld = Pick<ProviderWorld, "clock" | "parallelism" | "pace" | "signal">;

/** One at a time stands at the door, waits for the pace and then for a slot; the others wait behind it. */
type Door = { readonly queue: PQueue; readonly pace: Pace };

/** By the signal of a run: what one account is called for in one run goes through one gate, under however many aliases. */
const gates = new WeakMap<AbortSignal, Map<string, Gate>>();

/** The gate of an account within a run. `account` is any text that tells accounts apart; it is kept in memory only. */
export function gateOf(world: GateWorld, account: string): Gate {
  const known = gates.get(world.signal) ?? new Map<string, Gate>();
  gates.set(world.signal, known);
  const gate = known.get(account) ?? openGate(world);
  known.set(account, gate);
  return gate;
}

/** A gate with as many slots as calls may be under way at once. Waits of its own are divided by `pace`, so that time runs as fast for it. */
export function openGate(world: GateWorld): Gate {
  const slots = new PQueue({ concurrency: world.parallelism });
  const doors = new Map<string, Door>();
  const now = (): number => world.clock.now() * world.pace;
  return async (task, turn) => {
    const { api, attempt: priority } = turn;
    const { queue, pace } = doors.get(api) ?? { queue: new PQueue({ concurrency: 1 }), pace: openPace() };
    doors.set(api, { queue, pace });
    const isLate = world.signal.aborted;
    const enter = async (): Promise<() => void> => {
      await waitForTurn(() => pace.waitMs(now()), turn.mutating || isLate, world);
      const leave = await takeSlot(slots);
      pace.started(now());
      return leave;
    };
    const leave = await queue.add(enter, { priority });
    const startedAt = now();
    try {
      const result = await task();
      pace.admitted(now());
      return result;
    } catch (error) {
      if (isCallError(error)) learn(pace, error, startedAt, now());
      throw error;
    } finally {
      leave();
    }
  };
}

/** The pace may have changed while it was waited for. A clock that stands still is believed after one wait. */
async function waitForTurn(left: () => number, isKept: boolean, { clock, pace, signal }: GateWorld): Promise<void> {
  try {
    if (!isKept) signal.throwIfAborted();
    let before: number | undefined;
    for (let ms = left(); ms > 0 && before !== clock.now(); ms = left()) {
      before = clock.now();
      await (isKept ? clock.sleep(ms / pace) : clock.sleep(ms / pace, signal));
    }
  } catch (cause) {
    if (!signal.aborted) throw cause;
    throw failure("E_INTERRUPTED", "interrupted while a call was waiting for its turn");
  }
}

/** Resolves with what gives the slot back. */
function takeSlot(slots: PQueue): Promise<() => void> {
  return new Promise((resolve) => {
    void slots.add(() => new Promise<void>((leave) => resolve(leave)));
  });
}

function learn(pace: Pace, { class: kind, retryAfterMs }: CallError, startedAt: number, now: number): void {
  if (kind === "throttled") pace.throttled(now, startedAt, retryAfterMs);
  else if (kind === "permanent" || kind === "conflict") pace.admitted(now);
}
