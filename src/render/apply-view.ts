import type { ApplyEvent } from "../core/event.ts";

/** The passing of time, for elapsed times to move on; milliseconds of the engine's clock. */
export type Tick = { readonly type: "tick"; readonly at: number };

/** A step under way. */
export type RunningStep = {
  readonly key: string;
  readonly action: string;
  readonly address: string;
  readonly since: number;
  /** What the cloud is doing, as its last progress event said. */
  readonly note?: string;
  readonly percent?: number;
};

/** What a terminal shows of an apply under way. */
export type ApplyView = {
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  readonly skipped: number;
  readonly startedAt: number;
  readonly now: number;
  /** In the order in which they started. */
  readonly running: readonly RunningStep[];
  readonly ended: boolean;
};

/** The view before the first event. */
export const emptyView: ApplyView = {
  total: 0,
  done: 0,
  failed: 0,
  skipped: 0,
  startedAt: 0,
  now: 0,
  running: [],
  ended: false,
};

/** The view after an event or a tick. Pure. */
export function advance(view: ApplyView, event: ApplyEvent | Tick): ApplyView {
  const now = Math.max(view.now, event.at);
  switch (event.type) {
    case "tick":
      return { ...view, now };
    case "begin":
      return { ...emptyView, total: event.steps.length, startedAt: event.at, now };
    case "end":
      return { ...view, now, running: [], ended: true };
    case "started": {
      const { key, action, address, at } = event;
      return { ...view, now, running: [...without(view, key), { key, action, address, since: at }] };
    }
    case "waiting":
      return { ...view, now, running: without(view, event.key), done: view.done + 1 };
    case "progress":
      return {
        ...view,
        now,
        running: view.running.map((step) => (step.key === event.key ? noted(step, event) : step)),
      };
    default:
      return { ...view, now, running: without(view, event.key), [event.type]: view[event.type] + 1 };
  }
}

function without({ running }: ApplyView, key: string): RunningStep[] {
  return running.filter((step) => step.key !== key);
}

function noted(
  step: RunningStep,
  { message, percent }: { readonly message: string; readonly percent?: number },
): RunningStep {
  const { percent: _, ...rest } = step;
  return { ...rest, note: message, ...(percent === undefined ? {} : { percent }) };
}

/** Milliseconds until the end at the pace so far; undefined while nothing is done that tells the pace. */
export function estimatedRest({ total, done, failed, skipped, startedAt, now }: ApplyView): number | undefined {
  const tried = done + failed;
  const rest = total - tried - skipped;
  return tried === 0 || rest <= 0 ? undefined : ((now - startedAt) / tried) * rest;
}
