import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { kindsOf, providers } from "../../providers/index.ts";
import { liveFilters, liveRoots } from "../../src/cli/live-roots.ts";
import { fieldOf, fieldsOf } from "../../src/core/fields.ts";
import { exported } from "./exported.ts";
import { built, secrets } from "./platform.ts";
import { applied, example, shop } from "./shop.ts";

describe("cairn export of a part", () => {
  it("takes kinds, and refers to all else by id with what is needed to find it", async () => {
    const at = await applied();
    const told = await exported(at, "--kind Environment");
    expect(told.objects).toEqual({ Environment: 1 });
    const { spec } = load(at.read("new/manifests/web/environment.yaml")) as { spec: Record<string, unknown> };
    expect(spec).toMatchObject({
      app: { id: expect.stringMatching(/^\d+$/) },
      deployConfig: { id: expect.any(String) },
    });
    const planned = await at.cairn("-C new plan");
    expect(planned.stdout).toContain("Plan: 0 to create, 0 to update, 0 to replace, 0 to delete, 1 to adopt.");
  });

  it("takes what lies in an app or a cluster, by its name, its id or its address, and asks for nothing else", async () => {
    const at = await built();
    const inApp = await exported(at, "--app storefront");
    expect(Object.keys(inApp.objects).sort()).toEqual([
      ...[
        "App",
        "AppResourceAlloc",
        "DeployConfig",
        "Environment",
        "PersistentVolumeClaim",
        "Rollout",
        "Service",
        "SlbAP",
      ],
    ]);
    for (const name of ["店铺集群", "shops", "Cluster/shops"]) {
      const ran = await at.run(["export", "--out", `c-${name.length}`, "--cluster", name, "--format", "json"], {
        env: secrets,
      });
      expect((JSON.parse(ran.stdout) as typeof inApp).objects).toEqual({
        ...{ Cluster: 1, ClusterNode: 3, NodeLabel: 2, NodeLabelBinding: 2, PersistentVolume: 2 },
      });
    }
  });

  it("takes what lies in any of the named, of the named kinds", async () => {
    const at = await built();
    const told = await exported(at, "--app storefront --cluster shops --kind Service --kind NodeLabel");
    expect(told.objects).toEqual({ Service: 1, NodeLabel: 2 });
    const strange = await at.cairn("export --out none --app storefront --kind Cluster --kind NodeLabel");
    expect(strange.stderr).toContain(
      "error[E_USAGE]: nothing of Cluster, NodeLabel lies in App\n  help: leave --app out",
    );
  });

  it("refuses names that nothing has, and kinds that there are not, all at once", async () => {
    const at = await applied();
    const ran = await at.cairn("export --out new --app nobody --app noone");
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('error[E_TARGET]: no live App has the name or id "nobody"');
    expect(ran.stderr).toContain('"noone"');
    const kind = await at.cairn("export --out new --kind Envrionment --kind Ap");
    expect(kind.stderr).toContain('error[E_USAGE]: "Envrionment" is no kind\n  help: did you mean "Environment"?');
    expect(kind.stderr).toContain('"Ap" is no kind');
    expect((await at.cairn("export")).stderr).toContain("required option '--out <dir>' not specified");
  });

  it("looks at RDS instances and CCE clusters that it is told of", async () => {
    const cloud = await built();
    const at = shop({ seed: cloud.emulator.state() });
    const blind = await at.cairn("export --out new");
    expect(blind.code).toBe(0);
    expect(blind.stderr).toContain(
      "warning[E_INCOMPLETE]: nothing was looked for of Database, DbGrant, RdsAccount: " +
        "neither the cloud nor the project tells of a dbInstanceId\n  help: add --db-instance ID",
    );
    const asked = await at.cairn("export --out db --kind Database");
    expect(asked.code).toBe(1);
    expect(asked.stderr).toContain("error[E_INCOMPLETE]");
    const ran = await at.cairn("export --out db --kind Database --kind DbGrant --db-instance rm-8vb1platform");
    expect(ran.stdout).toContain("Exported 2 objects to db: Database 1, DbGrant 1");
    expect(at.read("db/manifests/rm-8vb1platform/db-grant.yaml")).toContain(
      "  database: rm-8vb1platform/orders\n  account:\n    id: rm-8vb1platform/storefront\n    dbInstanceId: rm-8vb1platform\n",
    );
  });

  it("looks at a CCE cluster that it is told of, and at no other", async () => {
    const built = example("hybrid", { speed: 1000 });
    expect((await built.cairn("apply --yes")).code).toBe(0);
    const at = example("hybrid", { speed: 1000, seed: built.emulator.state() });
    at.write("manifests/edge.yaml", "");
    const blind = await at.cairn("export --out blind --kind AddonInstance");
    expect(blind.code).toBe(1);
    expect(blind.stderr).toContain("help: add --cce-cluster ID");
    const cluster = "0c0e4a63-5539-11e9-95f7-0255ac10177e";
    const ran = await at.cairn(`export --out new --kind AddonInstance --cce-cluster ${cluster}`);
    expect(ran.stdout).toMatch(/^Exported 2 objects to new: AddonInstance 2\n/);
    const planned = await at.cairn("-C new plan", {
      env: { HUAWEICLOUD_ACCESS_KEY: "cairn", HUAWEICLOUD_SECRET_KEY: "cairn-secret" },
    });
    expect(planned.stdout).toContain("Plan: 0 to create, 0 to update, 0 to replace, 0 to delete, 2 to adopt.");
    const other = await at.cairn("export --out other --kind AddonInstance --cce-cluster nobodys");
    expect(other.stdout).toBe("There is nothing to export.\n");
  });

  it("has an option for every root that no list tells, and filters that lead to kinds", () => {
    const kinds = [...kindsOf(providers).values()];
    const heads = kinds.flatMap((kind) =>
      kind.scope.map((path) => path.split(".")[0] ?? "").filter((head) => fieldOf(kind, head)?.reference === undefined),
    );
    expect([...new Set(heads)].sort()).toEqual(liveRoots.map(({ field }) => field).sort());
    const references = kinds.flatMap((kind) =>
      fieldsOf(kind)
        .filter(({ reference }) => reference)
        .map(({ name }) => name),
    );
    for (const { field } of liveFilters) expect(references).toContain(field);
  });
});
