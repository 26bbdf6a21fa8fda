import { describe, expect, it } from "vitest";
import { renderers } from "../../src/cli/renderers.ts";
import { driftReport } from "./drift-report.ts";
import { reportOf } from "./report-of.ts";

const report = reportOf({
  command: "drift",
  found: { type: "drift", drift: driftReport },
  diagnostics: driftReport.errors,
});

describe.each([
  ["md", renderers.markdown],
  ["html", renderers.html],
  ["sarif", renderers.sarif],
  ["github.txt", renderers.github],
  ["gitlab.json", renderers.gitlab],
  ["junit.xml", renderers.junit],
] as const)("a comparison in which everything happens, as %s", (name, load) => {
  it("looks as it always did", async () => {
    await expect(await (await load())(report)).toMatchFileSnapshot(`golden/drift.${name}`);
  });
});
