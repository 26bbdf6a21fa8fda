import type { Plan } from "../core/change.ts";
import type { DependencyGraph } from "../core/dependency-graph.ts";
import type { DriftReport } from "../core/drift.ts";
import type { Diagnostic } from "../core/errors.ts";
import type { ApplyOutcome } from "../core/event.ts";

/** One stack that `validate` has looked at, or a project without stacks. */
export type CheckedStack = { readonly stack?: string; readonly resources: number };

/** What a command found, whichever it is. */
export type Found =
  | { readonly type: "plan"; readonly plan: Plan; readonly outcome?: ApplyOutcome }
  | { readonly type: "drift"; readonly drift: DriftReport }
  | { readonly type: "check"; readonly stacks: readonly CheckedStack[] }
  | { readonly type: "graph"; readonly graph: DependencyGraph };

/** One run, for the formats that show it whole: what it found, and everything that it said on the way or ended with. */
export type Report = {
  /** As typed, e.g. `plan`. */
  readonly command: string;
  readonly cairnVersion: string;
  readonly project?: string;
  readonly stack?: string;
  /** The project folder as seen from where cairn was started, with slashes; empty where it was started there. */
  readonly folder: string;
  /** Left out where the run ended before it found anything. */
  readonly found?: Found;
  readonly diagnostics: readonly Diagnostic[];
};
