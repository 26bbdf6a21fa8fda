import { type Diagnostic, fault } from "../core/errors.ts";
import type { Fields } from "../core/values.ts";

/** What `get` shows; with faults it is not all that there is. Values are masked. */
export type Shown = {
  readonly rows: readonly Fields[];
  /** What of it a table shows, as paths. */
  readonly columns: readonly string[];
  readonly lines?: string;
  readonly faults: readonly Diagnostic[];
};

/** The fault of a name that no live object has. */
export function nothingCalled(kind: string, name: string): Diagnostic {
  return fault("E_TARGET", `no live ${kind} has the name or id "${name}"`, {
    help: `cairn get ${kind} shows what there is`,
  });
}
