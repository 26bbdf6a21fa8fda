import { describe, expect, it, test } from "vitest";
import { applied, example, type Shop, shop } from "./shop.ts";

type Planned = { cairn: { changes: { address: string; action: string; fields: { path: string }[] }[] } };

/** Runs where every call would fail, and without the variables that hold credentials. */
const offline = {
  env: {},
  fetch: () => Promise.reject(new Error("no network")),
};

const keys = { KEY: "cairn", SECRET: "cairn-secret" };

async function actions(at: Shop, line: string): Promise<Record<string, string>> {
  const { code, stdout, stderr } = await at.cairn(line, offline);
  expect([code, code === 0 ? "" : stderr]).toEqual([0, ""]);
  const { changes } = (JSON.parse(stdout) as Planned).cairn;
  return Object.fromEntries(changes.filter(({ action }) => action !== "no-op").map((one) => [one.address, one.action]));
}

async function seen(at: Shop): Promise<Shop> {
  await applied(at);
  expect(await at.cairn("plan --snapshot seen.json")).toMatchObject({ code: 0 });
  return at;
}

describe("cairn plan --offline", () => {
  it("plans against what was kept, without network, credentials or ledger", async () => {
    const at = await seen(shop());
    const before = at.emulator.calls().length;
    expect(await actions(at, "plan --offline seen.json --format json")).toEqual({});
    at.edit("manifests/web.yaml", "replicas: 2", "replicas: 3");
    at.edit("cairn.yaml", "pace: 1000", "pace: 1000\nledger: { path: nowhere.json }");
    expect(await actions(at, "plan --offline seen.json --format json")).toEqual({ "Environment/web/prod": "update" });
    expect(at.emulator.calls()).toHaveLength(before);
  });

  it("sees new objects, also of kinds and scopes that were not looked at, and says what it takes for absent", async () => {
    const at = await seen(shop());
    at.write(
      "manifests/service.yaml",
      `apiVersion: retailcloud/v1
kind: Service
metadata: { name: web/prod/http }
spec:
  environment: web/prod
  serviceType: ClusterIP
  k8sServiceId: web-http
  portMappings: [{ name: http, protocol: TCP, port: 80, targetPort: 8080 }]
`,
    );
    const { code, stdout, stderr } = await at.cairn("plan --offline seen.json", offline);
    expect([code, stdout]).toEqual([0, expect.stringContaining("1 to create")]);
    expect(stderr).toContain("the snapshot does not show every Service: what it lacks counts as absent");
    expect(stderr).toMatch(/against the snapshot of \d{4}-.*Z, .* old; nothing is asked of the clouds/);
  });

  it("keeps no secret of the platform example, and plans nothing for it without its environment", async () => {
    const at = await seen(example("platform", { speed: 1000 }));
    const kept = at.read("seen.json");
    expect(kept).not.toMatch(/Aa1-|scrypt/);
    const { code, stdout, stderr } = await at.cairn("plan --offline seen.json", offline);
    expect([code, stdout]).toEqual([0, expect.stringContaining("No changes.")]);
    expect(stderr).toContain("secrets are not compared offline: ");
  });

  it("leaves fields alone that come from environment variables which are not set", async () => {
    const at = shop();
    at.edit("manifests/web.yaml", "description: first", "description: ${env.ABOUT}");
    expect(await at.cairn("apply --yes", { env: { ...keys, ABOUT: "first" } })).toMatchObject({ code: 0 });
    expect(await at.cairn("plan --snapshot seen.json", { env: { ...keys, ABOUT: "first" } })).toMatchObject({
      code: 0,
    });
    const { code, stdout, stderr } = await at.cairn("plan --offline seen.json", offline);
    expect([code, stdout]).toEqual([0, expect.stringContaining("No changes.")]);
    expect(stderr).toContain("not compared, because environment variables are not set: App/web description");
    const set = { ...offline, env: { ABOUT: "second" } };
    expect((await at.cairn("plan --offline seen.json", set)).stdout).toContain("1 to update");
  });

  it("shows a destroy as well", async () => {
    const at = await seen(shop());
    expect(Object.values(await actions(at, "plan --destroy --offline seen.json --format json"))).toEqual([
      "delete",
      "delete",
      "delete",
    ]);
  });

  test.each([
    ["plan --offline nowhere.json", "cannot read the snapshot"],
    ["plan --offline cairn.yaml", "cannot read the snapshot"],
    ["plan --offline other.json", "is not a snapshot of this version of cairn"],
    ["plan --offline theirs.json", "is a snapshot of other, not of shop"],
    ["plan --offline seen.json --out a.plan", "cannot be used with"],
    ["plan --snapshot no/such/folder", "cannot keep the snapshot"],
  ])("%s: %s", async (line, message) => {
    const at = await seen(shop());
    at.write("other.json", '{"format": 2}');
    at.write("theirs.json", at.read("seen.json").replace('"project": "shop"', '"project": "other"'));
    const { code, stderr } = await at.cairn(line);
    expect([code, stderr]).toEqual([1, expect.stringContaining(message)]);
  });
});
