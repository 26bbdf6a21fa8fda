import { describe, expect, it } from "vitest";
import { fault } from "../../src/core/errors.ts";
import { findingsOf } from "../../src/render/findings.ts";
import { fingerprintsOf } from "../../src/render/fingerprint.ts";
import { renderGithub } from "../../src/render/github-commands.ts";
import { renderJunit } from "../../src/render/junit.ts";
import { renderSarif } from "../../src/render/sarif.ts";
import { change, planOf } from "./changes.ts";
import { reportOf } from "./report-of.ts";

function placeOf(file: string, line?: number) {
  const diagnostics = [fault("E_FIELD", "wrong", { place: { file, ...(line === undefined ? {} : { line }) } })];
  const [found] = findingsOf(reportOf({ folder: "shops/web", diagnostics }));
  return `${found?.file}:${found?.line}`;
}

describe("findingsOf()", () => {
  it.each([
    ["a.yaml", 3, "shops/web/a.yaml:3"],
    ["sub\\a.yaml", 3, "shops/web/sub/a.yaml:3"],
    ["a.yaml", undefined, "shops/web/cairn.yaml:1"],
    ["/etc/ledger.json", 3, "shops/web/cairn.yaml:1"],
    ["../a.yaml", 3, "shops/web/cairn.yaml:1"],
    ["C:\\ledger.json", 3, "shops/web/cairn.yaml:1"],
  ])("places %s, line %s, at %s", (file, line, place) => {
    expect(placeOf(file, line)).toBe(place);
  });

  it("tells each thing once, at the manifest of the resource where it names no place itself", () => {
    const refusal = fault("E_PROTECTED", "would be deleted", { address: "App/a" });
    const plan = planOf([change("App/a", { source: { file: "a.yaml", line: 7 } })], { refusals: [refusal] });
    const found = findingsOf(reportOf({ found: { type: "plan", plan }, diagnostics: [refusal] }));
    expect(found).toEqual([
      {
        level: "error",
        rule: "E_PROTECTED",
        address: "App/a",
        message: "App/a: would be deleted",
        details: [],
        file: "a.yaml",
        line: 7,
      },
    ]);
  });

  it("has faults of an apply too, with signatures masked", () => {
    const failed = [fault("E_CLOUD", "GET https://a?Signature=abc failed", { field: "title" })];
    const outcome = { done: [], failed, skipped: [], interrupted: false };
    const report = reportOf({ found: { type: "plan", plan: planOf([]), outcome } });
    expect(renderGithub(report)).toBe(
      "::error file=cairn.yaml,line=1,title=cairn E_CLOUD::title: GET https://a?Signature=(secret) failed%0Ahelp: settle what the cloud says, then run the same command again; cairn plan shows what is left to do\n",
    );
  });
});

describe("fingerprintsOf()", () => {
  it("stays the same when lines move, and differs within a run", () => {
    const at = (line: number) =>
      findingsOf(reportOf({ diagnostics: [fault("E_FIELD", "wrong", { place: { file: "a.yaml", line } })] }));
    expect(fingerprintsOf(at(1))).toEqual(fingerprintsOf(at(9)));
    expect(new Set(fingerprintsOf([...at(1), ...at(2)])).size).toBe(2);
  });
});

describe("renderSarif()", () => {
  it("names a file with signs that no URI may hold", () => {
    const diagnostics = [fault("E_FIELD", "wrong", { place: { file: "样 例/a#b.yaml", line: 1 } })];
    const text = renderSarif(reportOf({ diagnostics }));
    expect(text).toContain('"uri": "%E6%A0%B7%20%E4%BE%8B/a%23b.yaml"');
  });
});

describe("renderJunit()", () => {
  it("counts every stack that was checked as a test, and only the faults where there are some", () => {
    const found = { type: "check" as const, stacks: [{ stack: "dev", resources: 2 }, { resources: 1 }] };
    expect(renderJunit(reportOf({ command: "validate", found }))).toMatch(/name="stack dev"\/>\n.*name="manifests"\/>/);
    const faulty = renderJunit(
      reportOf({ command: "validate", found, diagnostics: [fault("E_FIELD", "wrong", { address: "App/a" })] }),
    );
    expect(faulty).toContain('tests="1" failures="0" errors="1"');
    expect(faulty).toContain('name="E_FIELD App/a"');
  });

  it("says all that is wrong with one resource in one test", () => {
    const errors = [fault("E_CLOUD", "one", { address: "App/a" }), fault("E_CLOUD", "two", { address: "App/a" })];
    const text = renderJunit(reportOf({ found: { type: "plan", plan: planOf([change("App/a")], { errors }) } }));
    expect(text).toContain('tests="1" failures="0" errors="1"');
    expect(text).toMatch(/one\n {2}help: .*\nerror\[E_CLOUD\] App\/a: two/);
  });
});
