import { describe, expect, it } from "vitest";
import type { DriftReport } from "../../src/core/drift.ts";
import { fault } from "../../src/core/errors.ts";
import { driftDocument, renderDriftJson } from "../../src/render/drift-json.ts";
import { renderDriftText } from "../../src/render/drift-text.ts";
import { paintWith } from "../../src/render/paint.ts";

const clean: DriftReport = {
  ...{ project: "storefront", changed: [], missing: [], same: 14, unchanged: [] },
  ...{ errors: [], warnings: [] },
};

const report: DriftReport = {
  project: "storefront",
  stack: "prod",
  changed: [
    {
      ...{ address: "App/storefront", kind: "App", provider: "retailcloud", id: "12" },
      source: { file: "manifests/apps.yaml", line: 2, column: 1 },
      fields: [
        { field: "title", path: "title", applied: "店铺前台", live: "店铺前台（改）" },
        { field: "description", path: "description", live: "set by hand" },
        { field: "password", path: "password", secret: true },
      ],
    },
    {
      ...{ address: "DeployConfig/storefront/online", kind: "DeployConfig", provider: "retailcloud" },
      fields: [
        {
          ...{ field: "configMaps", path: "configMaps[app]", yaml: true },
          applied: { data: { "app.yml": "port: 80\npassword: hunter2\n" } },
          live: { data: { "app.yml": "port: 81\npassword: hunter2\n" } },
        },
      ],
    },
  ],
  missing: [{ address: "SlbAP/storefront/web", kind: "SlbAP", provider: "retailcloud", id: "31", fields: [] }],
  unmanaged: [
    { kind: "Service", provider: "brand-a", id: "55", identity: "debug", scope: { "environment.app": "12" } },
  ],
  same: 11,
  unchanged: [],
  errors: [
    fault("E_REFUSED", "ListEnvironment was refused; nothing of it counts as missing", {
      address: "Environment/pay/prod",
    }),
  ],
  warnings: [{ severity: "warning", code: "E_SECRET", message: "a literal secret" }],
};

function lastLine(one: DriftReport): string | undefined {
  return renderDriftText(one, { paint: paintWith(false) })
    .trimEnd()
    .split("\n")
    .at(-1);
}

describe("renderDriftText()", () => {
  it("shows what has changed, is missing, is unmanaged, and could not be compared", async () => {
    await expect(renderDriftText(report, { paint: paintWith(false) })).toMatchFileSnapshot("golden/drift.txt");
  });

  it("leaves out what its reader meets elsewhere, but not the verdict", () => {
    const { errors, warnings } = report;
    expect(renderDriftText({ ...clean, errors, warnings }, { paint: paintWith(false) }, ["errors", "warnings"])).toBe(
      "Drift of storefront\n\nIncomplete, 1 error. No drift. 14 resources are as last applied.\n",
    );
  });

  it("says that there is none", () => {
    expect(renderDriftText(clean, { paint: paintWith(false) })).toBe(
      "Drift of storefront\n\nNo drift. 14 resources are as last applied.\n",
    );
    expect(lastLine({ ...clean, same: 1, unmanaged: [] })).toBe(
      "No drift. 1 resource is as last applied, 0 unmanaged.",
    );
    expect(lastLine({ ...clean, missing: report.missing })).toBe("Drift: 0 changed, 1 missing.");
    expect(lastLine({ ...clean, errors: report.errors })).toBe(
      "Incomplete, 1 error. No drift. 14 resources are as last applied.",
    );
  });
});

describe("driftDocument()", () => {
  it("tells the verdict, and shows no secret", () => {
    const document = driftDocument(report, "0.1.0");
    expect(document).toMatchObject({
      format_version: "1.0",
      cairn_version: "0.1.0",
      drifted: true,
      errored: true,
      same: 11,
    });
    expect(document.changed[0]).toEqual({
      ...report.changed[0],
      source: "manifests/apps.yaml:2",
    });
    expect(document.changed[1]?.fields).toEqual([
      {
        ...{ field: "configMaps", path: "configMaps[app]", yaml: true },
        applied: { data: { "app.yml": "port: 80\npassword: (secret)\n" } },
        live: { data: { "app.yml": "port: 81\npassword: (secret)\n" } },
      },
    ]);
    expect(driftDocument(clean, "0.1.0")).toMatchObject({ drifted: false, errored: false });
  });

  it("marks as secret what only its key betrays", () => {
    const fields = [{ field: "values", path: "values.custom.password", applied: "hunter2", live: "correct-horse" }];
    const text = renderDriftJson(
      { ...clean, changed: [{ address: "App/a", kind: "App", provider: "p", fields }] },
      "0.1.0",
    );
    expect(JSON.parse(text).changed[0].fields).toEqual([
      { field: "values", path: "values.custom.password", secret: true },
    ]);
  });
});
