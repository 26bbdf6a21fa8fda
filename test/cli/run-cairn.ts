import { main } from "../../src/cli/main.ts";
import type { Signal, World } from "../../src/cli/world.ts";
import type { Clock, Fetch } from "../../src/core/provider.ts";
import { systemClock } from "../../src/http/clock.ts";
import type { Lease } from "../../src/ledger/lease.ts";
import { mute } from "./mute.ts";

/** How a test's run differs from one in a pipe, without colour, with nobody at the keyboard. */
export type Circumstances = {
  readonly cwd?: string;
  readonly fetch?: Fetch;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Answers of a person at a terminal, in order; without them there is no terminal on stdin. */
  readonly answers?: readonly string[];
  /** What stands on stdin; left out: nothing. */
  readonly input?: string | Uint8Array;
  /** Called with all that stdout got so far. */
  readonly onStdout?: (text: string) => void;
  /** Called when an answer is waited for. */
  readonly onQuestion?: () => void;
  /** True: stdout and stderr are a terminal of 100 columns and 30 rows. */
  readonly terminal?: boolean;
  /** Gets the function that sends a signal to the run. */
  readonly onStart?: (send: (signal: Signal) => void) => void;
  /** How long a lock lasts without a sign of life. */
  readonly lease?: Lease;
  /** The real time where it is left out. */
  readonly clock?: Clock;
  readonly random?: () => number;
};

/** What a run left behind. */
export type Ran = {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The exit code of a run that a second signal ended. */
  readonly killed?: number;
};

const drawn = new Map<string, number>();

/**
 * Ids that are new to a folder and the same in every test. What is salted by them is digested once a worker instead of once a
 * test, and a digest is slow on purpose.
 */
function newId(folder: string): string {
  const count = (drawn.get(folder) ?? 0) + 1;
  drawn.set(folder, count);
  return `00000000-0000-4000-8000-${String(count).padStart(12, "0")}`;
}

/**
 * Runs one command line in this process, as users would type it behind `cairn`. Throws where it shows an error or a warning
 * that says nothing of what to do: whatever a test makes go wrong, its cure has to be told.
 */
export async function runCairn(argv: readonly string[], circumstances: Circumstances = {}): Promise<Ran> {
  const {
    cwd = process.cwd(),
    fetch,
    env = {},
    answers,
    input = "",
    terminal = false,
    onStart,
    onStdout,
    onQuestion,
    lease,
    clock = systemClock,
    random = Math.random,
  } = circumstances;
  const written = { stdout: "", stderr: "" };
  const left = [...(answers ?? [])];
  const handlers = new Set<(signal: Signal) => void>();
  const seen: { killed?: number } = {};
  const sink = (name: "stdout" | "stderr"): World["stdout"] => ({
    write: (text) => {
      written[name] += text;
      if (name === "stdout") onStdout?.(written.stdout);
    },
    isTTY: terminal,
    columns: 100,
    rows: 30,
  });
  onStart?.((signal) => {
    for (const handler of handlers) handler(signal);
  });
  const code = await main(argv, {
    stdout: sink("stdout"),
    stderr: sink("stderr"),
    stdin: {
      isTTY: answers !== undefined,
      line: async () => {
        onQuestion?.();
        return left.shift();
      },
      all: async (most) => (input.length > most ? undefined : Buffer.from(input)),
    },
    env,
    cwd,
    ...(fetch === undefined ? {} : { fetch }),
    clock,
    random,
    newId: () => newId(cwd),
    onSignal: (handler) => {
      handlers.add(handler);
      return () => handlers.delete(handler);
    },
    exit: (killed) => {
      seen.killed = killed;
    },
    version: "0.0.0-test",
    ...(lease === undefined ? {} : { lease }),
  });
  const silent = mute(written.stderr.split("\n"));
  if (silent.length > 0) throw new Error(`says nothing of what to do:\n${silent.join("\n")}`);
  return { code, ...written, ...seen };
}
