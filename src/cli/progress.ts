import type { ApplyEvent } from "../core/event.ts";
import type { RunContext } from "./run.ts";

/** How often elapsed times move on, in milliseconds. */
const tickMs = 200;
const clearLine = "\r\u001b[K";

/** Shows an apply under way on stderr. */
export type Progress = {
  onEvent(event: ApplyEvent): void;
  /** Takes away what stands at the foot of a terminal. */
  close(): void;
};

/** Live on a terminal, plain lines elsewhere, nothing below log level info. Loads only what it needs. */
export async function openProgress({ world, output, options }: RunContext): Promise<Progress> {
  if (options.logLevel === "error" || options.logLevel === "warn") return { onEvent: () => {}, close: () => {} };
  const paint = await output.paint("stderr");
  if (!world.stderr.isTTY) {
    const lineOf = (await import("../render/progress.ts")).plainLines(paint);
    const onEvent = (event: ApplyEvent): void => {
      const line = lineOf(event);
      if (line !== undefined) output.message("info", `${line}\n`);
    };
    return { onEvent, close: () => {} };
  }
  const { liveView } = await import("../render/live-view.ts");
  const { columns, rows } = world.stderr;
  const view = liveView({ columns, rows, paint });
  const closing = new AbortController();
  const tick = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      await world.clock.sleep(tickMs, closing.signal);
      world.stderr.write(view.next({ type: "tick", at: world.clock.now() }));
    }
  };
  output.foot(view.clear);
  // The only way out of the loop is the end of the apply, which ends the last sleep.
  tick().catch(() => {});
  return {
    onEvent: (event) => world.stderr.write(view.next(event)),
    close: () => {
      closing.abort();
      world.stderr.write(view.clear());
      output.foot(undefined);
    },
  };
}

/** Tells on a terminal how far the look at the clouds has come. */
export function openCounter({ world, output, options }: RunContext): {
  readonly onProgress: (progress: { readonly answered: number; readonly total: number }) => void;
  readonly close: () => void;
} {
  if (!world.stderr.isTTY || options.logLevel === "error" || options.logLevel === "warn") {
    return { onProgress: () => {}, close: () => {} };
  }
  output.foot(() => clearLine);
  return {
    onProgress: ({ answered, total }) => world.stderr.write(`${clearLine}looking at the clouds: ${answered}/${total}`),
    close: () => {
      world.stderr.write(clearLine);
      output.foot(undefined);
    },
  };
}
