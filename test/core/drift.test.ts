import { describe, expect, it } from "vitest";
import { driftOf, hasDrift, type UnmanagedObject } from "../../src/core/drift.ts";
import { fault } from "../../src/core/errors.ts";
import { change, field, planOf } from "../render/changes.ts";

const stranger: UnmanagedObject = { kind: "App", provider: "retailcloud", id: "9", identity: "stranger", scope: {} };

describe("driftOf()", () => {
  it("turns a plan around: from what was applied last to what the cloud shows", () => {
    const plan = planOf([
      change("App/a", {
        action: "update",
        id: "1",
        source: { file: "apps.yaml", line: 1 },
        fields: [
          field("title", { before: "clicked", after: "applied", class: "drift" }),
          field("description", { before: "added", class: "drift" }),
          field("password", { secret: true, class: "drift" }),
          field("deployment", { after: { kind: "Deployment" }, yaml: true, class: "conflict" }),
        ],
      }),
    ]);
    expect(driftOf(plan).changed).toEqual([
      {
        ...{ address: "App/a", kind: "App", provider: "retailcloud", id: "1", source: { file: "apps.yaml", line: 1 } },
        fields: [
          { field: "title", path: "title", applied: "applied", live: "clicked" },
          { field: "description", path: "description", live: "added" },
          { field: "password", path: "password", secret: true },
          { field: "deployment", path: "deployment", applied: { kind: "Deployment" }, yaml: true },
        ],
      },
    ]);
  });

  it("counts as missing what a plan would create, also a plan's replacement as changed", () => {
    const report = driftOf(
      planOf([
        change("App/gone", { action: "create", fields: [field("title", { after: "gone" })] }),
        change("App/moved", {
          action: "replace",
          fields: [field("title", { before: "b", after: "a", class: "drift" })],
        }),
        change("App/same"),
      ]),
    );
    expect(report.missing).toEqual([{ address: "App/gone", kind: "App", provider: "retailcloud", fields: [] }]);
    expect(report.changed.map(({ address }) => address)).toEqual(["App/moved"]);
    expect(report.same).toBe(1);
    expect(report).not.toHaveProperty("stack");
    expect(report).not.toHaveProperty("unmanaged");
  });

  it("takes no difference for drift that the cloud did not make", () => {
    const plan = planOf([
      change("App/a", {
        action: "update",
        fields: [field("app", { after: "new", unknown: true }), field("app (content)")],
      }),
    ]);
    expect(driftOf(plan)).toMatchObject({ changed: [], same: 1, unchanged: [plan.changes[0]?.address] });
  });

  it("hands on what could not be compared, and what is unmanaged", () => {
    const said = { errors: [fault("E_REFUSED", "no")], warnings: [fault("E_SECRET", "yes")], stack: "dev" };
    const report = driftOf(planOf([], { ...said, refusals: [fault("E_GUARD", "too many")] }), [stranger]);
    expect(report).toEqual({
      project: "storefront",
      changed: [],
      missing: [],
      same: 0,
      unchanged: [],
      unmanaged: [stranger],
      ...said,
    });
  });
});

describe("hasDrift()", () => {
  it("is true for what has moved or is gone, and not for what nobody owns", () => {
    const moved = change("App/a", { action: "update", fields: [field("title", { class: "drift" })] });
    expect(hasDrift(driftOf(planOf([moved])))).toBe(true);
    expect(hasDrift(driftOf(planOf([change("App/a", { action: "create" })])))).toBe(true);
    expect(hasDrift(driftOf(planOf([change("App/a")]), [stranger]))).toBe(false);
  });
});
