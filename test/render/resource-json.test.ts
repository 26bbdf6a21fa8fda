import { describe, expect, it } from "vitest";
import { planDocument, renderPlanJson } from "../../src/render/plan-json.ts";
import { resourceType } from "../../src/render/resource-address.ts";
import { change, field, planOf } from "./changes.ts";
import { kinds } from "./kinds.ts";
import { everything, secretWords } from "./plan-fixture.ts";

const options = { kinds, cairnVersion: "0.1.0" };
const document = planDocument(everything, options);

function resource(address: string) {
  return document.resource_changes.find((one) => one.address === address);
}

function only(...changes: Parameters<typeof planOf>[0]) {
  return planDocument(planOf(changes), options);
}

describe("resource_changes and resource_drift of planDocument()", () => {
  it("has one entry for every resource, unchanged ones as no-op", () => {
    expect(document.resource_changes.map((one) => [one.address, ...one.change.actions])).toEqual([
      ["retailcloud_app.storefront", "create"],
      ["retailcloud_deploy_config.storefront/online", "create"],
      ["retailcloud_rds_account.shop", "create"],
      ["retailcloud_deploy_config.pay/online", "update"],
      ["retailcloud_rds_account.pay", "update"],
      ["retailcloud_sample.一号", "update"],
      ["retailcloud_environment.storefront/prod", "delete", "create"],
      ["retailcloud_slb_ap.storefront/web", "create", "delete"],
      ["retailcloud_app.old-shop", "delete"],
      ["retailcloud_app.pay", "no-op"],
      ["retailcloud_app.returns", "no-op"],
      ["retailcloud_app.gone", "forget"],
      ["retailcloud_app.same", "no-op"],
    ]);
  });

  it("gives a create no before, and a delete no after", () => {
    expect(resource("retailcloud_app.storefront")).toEqual({
      address: "retailcloud_app.storefront",
      mode: "managed",
      type: "retailcloud_app",
      name: "storefront",
      provider_name: "retailcloud",
      change: {
        actions: ["create"],
        before: null,
        after: {
          title: "店铺前台",
          description: "商城的前台应用",
          homepage: "https://oss.example/a?Signature=(secret)",
        },
        after_unknown: {},
        before_sensitive: false,
        after_sensitive: { homepage: true },
      },
    });
    expect(resource("retailcloud_app.old-shop")).toMatchObject({
      change: {
        before: { title: "Old shop" },
        after: null,
        after_unknown: {},
        before_sensitive: {},
        after_sensitive: false,
      },
      action_reason: "delete_because_no_resource_config",
    });
    expect(resource("retailcloud_app.gone")).toMatchObject({
      change: { actions: ["forget"], after: null },
      action_reason: "delete_because_no_resource_config",
    });
  });

  it("gives references as ids, and leaves out those that are known only after apply", () => {
    expect(resource("retailcloud_environment.storefront/prod")?.change).toEqual({
      actions: ["delete", "create"],
      before: { app: "12", deployConfig: "301", envName: "prod", envType: "test", replicas: 2 },
      after: { app: "12", envName: "prod", envType: "online", replicas: { min: 2, max: 4 } },
      after_unknown: { deployConfig: true, replicas: {} },
      before_sensitive: {},
      after_sensitive: { replicas: {} },
      replace_paths: [["envType"]],
    });
    expect(resource("retailcloud_slb_ap.storefront/web")?.change).toMatchObject({
      after: { name: "web", listenerPort: 443 },
      after_unknown: { environment: true },
      replace_paths: [["environment"]],
    });
  });

  it("knows the id of what is foreign, not of what nobody has seen", () => {
    const spec = { nodes: [{ id: "9", parents: {} }, { lookup: { title: "x" } }, { to: "App/unseen" }] };
    expect(only(change("Sample/a", { action: "create", after: spec })).resource_changes[0]?.change).toMatchObject({
      after: { nodes: ["9", null, null] },
      after_unknown: { nodes: [false, true, true] },
    });
  });

  it("takes the planner's word for fields that are not known yet", () => {
    const fields = [field("title", { unknown: true }), field("labels.a", { unknown: true })];
    const { after, after_unknown } =
      only(change("Sample/a", { action: "update", after: { title: "?", size: "2" }, fields })).resource_changes[0]
        ?.change ?? {};
    expect({ after, after_unknown }).toEqual({ after: { size: "2" }, after_unknown: { title: true } });
  });

  it("holds the place of a secret, and never the secret", () => {
    expect(resource("retailcloud_rds_account.pay")?.change).toMatchObject({
      before: { accountName: "pay", accountPassword: null },
      after: { accountName: "pay", accountPassword: null },
      before_sensitive: { accountPassword: true },
      after_sensitive: { accountPassword: true },
    });
    const text = renderPlanJson(everything, options);
    expect(secretWords.filter((word) => text.includes(word))).toEqual([]);
  });

  it("tells adoptions and moves in Terraform's words", () => {
    expect(resource("retailcloud_app.pay")?.change).toMatchObject({ actions: ["no-op"], importing: { id: "12" } });
    expect(resource("retailcloud_sample.一号")?.change).toMatchObject({ actions: ["update"], importing: { id: "88" } });
    expect(resource("retailcloud_app.returns")?.previous_address).toBe("retailcloud_app.refunds");
    expect(resource("retailcloud_app.same")).not.toHaveProperty("previous_address");
  });

  it.each([
    ["replace_because_cannot_update", ["envType"]],
    ["replace_because_cannot_update", ["App/a", "envType"]],
    ["replace_by_triggers", ["App/a"]],
    ["replace_by_triggers", ["--replace", "App/a"]],
    ["replace_by_request", ["--replace"]],
  ])("gives %s for a replacement because of %j", (reason, because) => {
    const replaced = change("App/b", { action: "replace", replace: { order: "create-first", because } });
    expect(only(change("App/a"), replaced).resource_changes[1]?.action_reason).toBe(reason);
  });

  it("names fields as replace paths also where the kind has no update at all", () => {
    const replaced = change("App/b", {
      action: "replace",
      replace: { order: "create-first", because: ["title"] },
      fields: [field("title", { before: "a", after: "b" }), field("description", { before: "a", after: "b" })],
    });
    expect(only(replaced).resource_changes[0]?.change.replace_paths).toEqual([["title"]]);
  });

  it("gives no reason for deletes in a destroy plan", () => {
    const plan = planOf([change("App/a", { action: "delete" })], { destroy: true });
    expect(planDocument(plan, options).resource_changes[0]).not.toHaveProperty("action_reason");
  });

  it("tells what the cloud moved as drift, from what was applied to what it shows", () => {
    const before = { title: "shop", description: "clicked", homepage: "cloud" };
    const drifted = change("App/a", {
      action: "update",
      before,
      after: { title: "shop", description: "declared", homepage: "git" },
      fields: [
        field("description", { before: "clicked", after: "declared", class: "drift" }),
        field("homepage", { before: "cloud", after: "git", class: "conflict" }),
      ],
    });
    expect(only(drifted, change("App/b")).resource_drift.map((one) => one.change)).toEqual([
      {
        actions: ["update"],
        before: { title: "shop", description: "declared" },
        after: before,
        after_unknown: {},
        before_sensitive: {},
        after_sensitive: {},
      },
    ]);
    const bare = change("App/a", {
      action: "update",
      before,
      fields: [field("description", { before: "clicked", class: "drift" })],
    });
    expect(only(bare).resource_drift[0]?.change.before).toEqual({ title: "shop", homepage: "cloud" });
  });
});

it.each([
  ["SlbAP", "retailcloud_slb_ap"],
  ["AppResourceAlloc", "retailcloud_app_resource_alloc"],
  ["DbGrant", "retailcloud_db_grant"],
])("resourceType() writes %s as %s", (kind, type) => {
  expect(resourceType("retailcloud", kind)).toBe(type);
});
