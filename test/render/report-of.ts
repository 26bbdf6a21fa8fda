import type { Report } from "../../src/render/report.ts";

/** The report of a run of `plan` in `storefront (stack prod)`, with what a test says beyond that. */
export function reportOf(rest: Partial<Report> = {}): Report {
  return {
    command: "plan",
    cairnVersion: "0.1.0",
    project: "storefront",
    stack: "prod",
    folder: "",
    diagnostics: [],
    ...rest,
  };
}
