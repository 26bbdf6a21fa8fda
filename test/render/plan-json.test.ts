import { describe, expect, it } from "vitest";
import { fault } from "../../src/core/errors.ts";
import { planDocument, renderPlanJson } from "../../src/render/plan-json.ts";
import { change, planOf } from "./changes.ts";
import { kinds } from "./kinds.ts";
import { everything } from "./plan-fixture.ts";

const options = { kinds, cairnVersion: "0.1.0" };
const document = planDocument(everything, { ...options, fingerprints: { "App/pay": "sha256:1" } });

function only(...changes: Parameters<typeof planOf>[0]) {
  return planDocument(planOf(changes), options);
}

describe("planDocument()", () => {
  it("says which fields an adoption takes as declared", () => {
    const adopted = change("App/a", { action: "adopt", adopts: true, assumed: ["description"] });
    expect(only(adopted).cairn.changes[0]?.assumed).toEqual(["description"]);
  });

  it("lists what will be, without what is deleted or forgotten", () => {
    const { planned_values, configuration } = only(
      change("App/a", { after: { title: "a" } }),
      change("App/b", { action: "delete", before: {}, after: { title: "b" } }),
      change("RdsAccount/c", { action: "create", after: { accountPassword: "hunter2" } }),
    );
    expect(planned_values).toEqual({
      root_module: {
        resources: [
          {
            ...{ address: "retailcloud_app.a", mode: "managed", type: "retailcloud_app", name: "a" },
            ...{ provider_name: "retailcloud", schema_version: 0, values: { title: "a" }, sensitive_values: {} },
          },
          {
            ...{ address: "retailcloud_rds_account.c", mode: "managed", type: "retailcloud_rds_account", name: "c" },
            ...{ provider_name: "retailcloud", schema_version: 0, values: { accountPassword: null } },
            sensitive_values: { accountPassword: true },
          },
        ],
      },
    });
    expect(configuration).toEqual({
      provider_config: { retailcloud: { name: "retailcloud", full_name: "retailcloud" } },
      root_module: {
        resources: ["app.a", "rds_account.c"].map((name) => {
          const [type = "", last = ""] = name.split(".");
          const address = { address: `retailcloud_${name}`, mode: "managed", type: `retailcloud_${type}`, name: last };
          return { ...address, provider_config_key: "retailcloud", schema_version: 0 };
        }),
      },
    });
  });

  it("keeps cairn's own knowledge under one key", () => {
    expect(Object.keys(document)).toEqual([
      "format_version",
      "planned_values",
      "resource_drift",
      "resource_changes",
      "configuration",
      "applyable",
      "complete",
      "errored",
      "cairn",
    ]);
    const { changes, ...rest } = document.cairn;
    expect(rest).toEqual({
      ...{ version: "0.1.0", project: "storefront", stack: "prod", destroy: false },
      operations: everything.operations,
      calls: everything.calls,
      left: ["App/later"],
      refusals: everything.refusals,
      errors: [],
      warnings: everything.warnings,
      fingerprints: { "App/pay": "sha256:1" },
    });
    expect(changes.find(({ address }) => address === "Environment/storefront/prod")).toEqual({
      address: "Environment/storefront/prod",
      resource: "retailcloud_environment.storefront/prod",
      action: "replace",
      id: "77",
      provider: "retailcloud",
      source: "manifests/environments.yaml:21",
      reason: "envType cannot be changed in place",
      disruption: "replace",
      fields: [
        {
          field: "deployConfig",
          path: "deployConfig",
          class: "intended",
          disruption: "none",
          before: "pay/online",
          after: "storefront/online",
          unknown: true,
        },
        {
          field: "envType",
          path: "envType",
          class: "intended",
          disruption: "replace",
          before: "test",
          after: "online",
          forcesReplace: true,
        },
        {
          field: "replicas",
          path: "replicas",
          class: "drift",
          disruption: "none",
          before: 2,
          after: { min: 2, max: 4 },
        },
      ],
      replace: { order: "delete-first", because: ["envType"] },
      order: 2,
    });
    expect(changes.find(({ address }) => address === "Sample/一号")).toMatchObject({
      adopts: true,
      fields: [{ after: "线上" }, { secret: true, path: "labels.token" }, {}, {}, {}],
    });
    expect(changes.find(({ address }) => address === "App/returns")).toMatchObject({ previousAddress: "App/refunds" });
  });

  it.each([
    ["nothing to do", planOf([change("App/a")]), { errored: false, applyable: false, complete: true }],
    [
      "something to do",
      planOf([change("App/a", { action: "create" })]),
      { errored: false, applyable: true, complete: true },
    ],
    ["a refusal", everything, { errored: false, applyable: false, complete: false }],
    [
      "an error",
      planOf([change("App/a", { action: "create" })], { errors: [fault("E_CYCLE", "a cycle")] }),
      { errored: true, applyable: false, complete: false },
    ],
    ["targets", planOf([], { left: ["App/b"] }), { errored: false, applyable: false, complete: false }],
  ])("says what a plan with %s is good for", (_, plan, verdict) => {
    expect(planDocument(plan, options)).toMatchObject(verdict);
  });

  it("says which Terraform it stands in for only when told", () => {
    expect(document).not.toHaveProperty("terraform_version");
    expect(planDocument(planOf([]), { ...options, terraformVersion: "1.11.4" })).toMatchObject({
      format_version: "1.2",
      terraform_version: "1.11.4",
      planned_values: { root_module: {} },
      configuration: { provider_config: {}, root_module: {} },
    });
  });
});

describe("renderPlanJson()", () => {
  it("is the document as text", () => {
    expect(JSON.parse(renderPlanJson(everything, options))).toEqual(
      JSON.parse(JSON.stringify(planDocument(everything, options))),
    );
  });
});
