import { describe, expect, it } from "vitest";
import { specDigests } from "../../src/cdk/spec-digest.ts";
import type { Desired } from "../../src/core/desired.ts";
import { seal } from "../../src/core/seal.ts";
import type { Value } from "../../src/core/values.ts";
import { kinds, wanted, wantedApp } from "./inputs.ts";

function digestsOf(desired: readonly Desired[]): { digests: readonly string[]; sealed: readonly Value[] } {
  const sealed: Value[] = [];
  const digests = specDigests(desired, kinds, (secret) => {
    sealed.push(secret);
    return seal(secret, "salt");
  });
  return { digests: [...digests.values()], sealed };
}

const account = { dbInstanceId: "rm-1", accountName: "web", accountType: "Normal" };

describe("specDigests()", () => {
  it("differ for every difference that apply would see, and for none that it would not", () => {
    const app = wantedApp("web");
    const variants: readonly Desired[] = [
      app,
      { ...app, spec: { ...app.spec, language: "PHP" } },
      { ...app, provider: "brand-a" },
      { ...app, lifecycle: { ...app.lifecycle, deletionPolicy: "retain" } },
      { ...app, dependsOn: ["App/other"] },
    ];
    expect(new Set(variants.flatMap((one) => digestsOf([one]).digests)).size).toBe(variants.length);
    const moved = { ...app, source: { file: "other.yaml", line: 9 }, labels: { team: "a" } };
    expect(digestsOf([moved])).toEqual(digestsOf([app]));
  });

  it("take secrets in sealed, and everything else as it is", () => {
    const { sealed, digests } = digestsOf([wanted("RdsAccount/web", { ...account, accountPassword: "Aa1-secret" })]);
    expect(sealed).toEqual(["Aa1-secret"]);
    const other = digestsOf([wanted("RdsAccount/web", { ...account, accountPassword: "Aa1-other" })]);
    expect(other.digests).not.toEqual(digests);
    expect(digestsOf([wantedApp("web")]).sealed).toEqual([]);
  });

  it("seal what only looks secret in Kubernetes objects, wherever it stands", () => {
    const env = [
      { name: "DB_PASSWORD", value: "pw-1" },
      { name: "MODE", value: "plain" },
    ];
    const deployment = {
      apiVersion: "apps/v1",
      kind: "Deployment",
      spec: { template: { spec: { containers: [{ name: "web", env }] } } },
    };
    const configMaps = [
      { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "c" }, data: { "api-token": "t-1", a: "b" } },
    ];
    const secrets = [{ apiVersion: "v1", kind: "Secret", metadata: { name: "s" }, stringData: { any: "s-1" } }];
    const { sealed } = digestsOf([wanted("DeployConfig/web", { name: "web", deployment, configMaps, secrets })]);
    expect([...sealed].sort()).toEqual(["pw-1", "s-1", "t-1"]);
  });

  it("of a kind that nobody knows are made of its spec as it is", () => {
    const strange = { ...wantedApp("web"), kind: "Strange", spec: { a: 1, note: "password: x" } };
    expect(digestsOf([strange]).sealed).toEqual(["password: x"]);
    expect(digestsOf([strange]).digests).toEqual(digestsOf([strange]).digests);
  });
});
