import { type Diagnostic, refusals as refusalCodes } from "../core/errors.ts";
import { diagnosticDocument } from "./diagnostic-json.ts";
import type { Report } from "./report.ts";

/** Everything that a run has to say, each once: signatures in URLs are masked. */
export type Told = {
  readonly errors: readonly Diagnostic[];
  /** What stands in the way of apply: guards, protections, stale plans, locks. */
  readonly refusals: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
};

/** The diagnostics of a report and of what it found, by weight. */
export function toldBy({ found, diagnostics }: Report): Told {
  const all = [...diagnostics, ...foundOnes(found)].map(diagnosticDocument);
  const distinct = [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
  const errors = distinct.filter(({ severity }) => severity === "error");
  return {
    errors: errors.filter(({ code }) => !refusalCodes.has(code)),
    refusals: errors.filter(({ code }) => refusalCodes.has(code)),
    warnings: distinct.filter(({ severity }) => severity === "warning"),
  };
}

function foundOnes(found: Report["found"]): readonly Diagnostic[] {
  if (found?.type === "drift") return [...found.drift.errors, ...found.drift.warnings];
  if (found?.type !== "plan") return [];
  const { errors, refusals, warnings } = found.plan;
  return [...errors, ...refusals, ...warnings, ...(found.outcome?.failed ?? [])];
}
