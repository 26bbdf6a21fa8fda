import type { Address } from "./address.ts";
import type { OperationAction } from "./change.ts";
import type { Diagnostic } from "./errors.ts";

type Step = { readonly key: string; readonly address: Address; readonly action: OperationAction; readonly at: number };

/** What happens while a plan is applied; times in milliseconds of the engine's clock. */
export type ApplyEvent =
  | { readonly type: "begin"; readonly at: number; readonly steps: readonly Omit<Step, "at">[] }
  | (Step & { readonly type: "started" })
  /** Waiting for the cloud to settle, or for a look-up; `percent` is the cloud's own figure. */
  | (Step & { readonly type: "progress"; readonly message: string; readonly percent?: number })
  | (Step & { readonly type: "done"; readonly ms: number; readonly id?: string })
  | (Step & { readonly type: "failed"; readonly ms: number; readonly fault: Diagnostic })
  /** Begun, and left until somebody says that it goes on; `fault` is a warning. */
  | (Step & { readonly type: "waiting"; readonly ms: number; readonly fault: Diagnostic })
  /** Not tried, because `cause` failed or waits (the root, not merely the next one up). */
  | (Step & { readonly type: "skipped"; readonly cause: Address; readonly waits?: true })
  | { readonly type: "end"; readonly at: number };

/** How an apply ended. */
export type ApplyOutcome = {
  readonly done: readonly Address[];
  readonly failed: readonly Diagnostic[];
  /** What has been begun and goes on only when somebody says so: no failure. Absent where nothing waits. */
  readonly waiting?: readonly Diagnostic[];
  readonly skipped: readonly { readonly address: Address; readonly cause: Address }[];
  /** A signal ended the run; what was in flight was finished and recorded. */
  readonly interrupted: boolean;
};
