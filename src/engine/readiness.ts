import { type Diagnostic, fault } from "../core/errors.ts";
import { isNewerThan } from "../core/history.ts";
import type { Live, Readiness, Settling } from "../core/kind.ts";
import type { ReadRequest } from "../core/snapshot.ts";
import type { Fields } from "../core/values.ts";
import { faultOf } from "./fault-of.ts";
import { pause } from "./patience.ts";
import type { Run, Task } from "./run.ts";

/**
 * Waits until a created or changed object is usable, as its kind's readiness says. Answers the fault where it failed or took
 * too long (`E_NOT_READY` with the cloud's reason), could not be looked at, or the run was to stop. Never throws.
 */
export async function waitUntilReady(
  run: Run,
  task: Task,
  object: ReadRequest,
  wanted: Fields,
): Promise<Diagnostic | undefined> {
  const { kind, change, operation } = task;
  const { readiness } = kind;
  if (readiness === undefined) return undefined;
  // A list that lags shows the entry before: what this run has added to a history is newer.
  const before = operation.action === "update" ? change.mark : undefined;
  const stateOf = (live: Live | undefined): Readiness => {
    const isSeen = live !== undefined && (before === undefined || isNewerThan(before, kind, live));
    return isSeen ? readiness.check(live, wanted) : { state: "pending", reason: "not visible yet" };
  };
  const found = await watchUntil("ready", run, task, readiness, object, stateOf);
  return found?.code === "E_NOT_READY" ? withAftermath(run, task, { ...object, spec: wanted }, found) : found;
}

/** Adds to a fault what the kind has to do and to tell about it. */
async function withAftermath(
  run: Run,
  { kind, change }: Task,
  object: ReadRequest,
  found: Diagnostic,
): Promise<Diagnostic> {
  if (kind.aftermath === undefined) return found;
  try {
    const { told: details, help } = await kind.aftermath(await run.connect(change.provider), object);
    return { ...found, details, ...(help === undefined ? {} : { help }) };
  } catch (error) {
    return { ...found, details: [`nothing more could be found out: ${faultOf(error).message}`] };
  }
}

/**
 * Waits until a deleted object of a kind that takes its time is gone; faults as `waitUntilReady`, also where the cloud gave the
 * deletion up.
 */
export async function waitUntilGone(run: Run, task: Task, object: ReadRequest): Promise<Diagnostic | undefined> {
  const { readiness } = task.kind;
  if (readiness === undefined) return undefined;
  const stateOf = (live: Live | undefined): Readiness => {
    if (live === undefined) return { state: "ready" };
    const givenUp = readiness.removalFailure?.(live);
    if (givenUp !== undefined) return { state: "failed", reason: givenUp };
    // What else is called failed was so before: a gateway that could not be made can be deleted.
    const seen = readiness.check(live);
    return seen.state === "ready" ? { state: "pending", reason: "still there" } : { ...seen, state: "pending" };
  };
  return watchUntil("gone", run, task, readiness, object, stateOf);
}

async function watchUntil(
  goal: Goal,
  run: Run,
  { operation, change }: Task,
  { firstLookMs, intervalMs, timeoutMs }: Settling,
  object: ReadRequest,
  stateOf: (live: Live | undefined) => Readiness,
): Promise<Diagnostic | undefined> {
  const end = run.clock.now() + timeoutMs / run.pace;
  const subject = `${change.address} (id ${object.id})`;
  let waitMs = firstLookMs;
  let reason = "not looked at yet";
  try {
    while (await pause(run, waitMs)) {
      const seen = stateOf(await run.observer.read(object));
      if (seen.state === "ready") return undefined;
      reason = seen.reason;
      if (seen.state !== "pending") return endedOtherwise(goal, subject, { state: seen.state, reason });
      run.tell(operation, reason, seen.percent);
      const leftMs = (end - run.clock.now()) * run.pace;
      if (leftMs <= 0) return notReady(`${subject} is not ${goal} after ${timeoutMs / 1000} s: ${reason}`);
      waitMs = Math.min(intervalMs, leftMs);
    }
    return fault("E_INTERRUPTED", `stopped waiting for ${subject}: ${reason}`);
  } catch (error) {
    return faultOf(error);
  }
}

type Goal = "ready" | "gone";

/** What waits is no failure: somebody has to say that it goes on. */
function endedOtherwise(
  goal: Goal,
  subject: string,
  { state, reason }: { readonly state: "waiting" | "failed"; readonly reason: string },
): Diagnostic {
  if (state === "failed") {
    return notReady(`${subject} ${goal === "ready" ? "did not become ready" : "was not deleted"}: ${reason}`);
  }
  const help = "cairn apply --resume lets it go on";
  return { ...fault("E_WAITING", `${subject} waits: ${reason}`, { help }), severity: "warning" };
}

function notReady(message: string): Diagnostic {
  return fault("E_NOT_READY", message, {
    help: "look at it in the cloud; it stays owned, and the next apply compares it again",
  });
}
