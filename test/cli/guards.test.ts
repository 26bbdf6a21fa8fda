import { describe, expect, it } from "vitest";
import { objectsIn, type Shop, shop } from "./shop.ts";

/** Environments are no protected kind: they may go and come, as far as the guards allow. */
async function withEnvironments(guards: string, count = 4): Promise<Shop> {
  const project = shop();
  project.edit("cairn.yaml", "pace:", `guards: { ${guards} }\npace:`);
  const names = Array.from({ length: count }, (_, index) => `e${index}`);
  project.write("manifests/more.yaml", names.map(environment).join("---\n"));
  const applied = await project.cairn("apply --yes");
  expect(applied.stderr).not.toContain("error[");
  expect(applied.code).toBe(0);
  return project;
}

function environment(name: string): string {
  return `apiVersion: retailcloud/v1
kind: Environment
metadata: { name: web/${name} }
spec: { app: web, deployConfig: web/online, envType: online, region: cn-zhangjiakou, replicas: 1 }
`;
}

type Guarded = {
  readonly guards: string;
  readonly count?: number;
  readonly change: (project: Shop) => void;
  readonly told: RegExp;
  readonly tooFew?: string;
  readonly lift: string;
};

const removed = (project: Shop): void => project.write("manifests/more.yaml", "");
const moved = (project: Shop): void =>
  project.write("manifests/more.yaml", project.read("manifests/more.yaml").replaceAll("cn-zhangjiakou", "cn-hangzhou"));

const cases: Readonly<Record<string, Guarded>> = {
  maxDeletes: {
    guards: "maxDeletes: 3",
    change: removed,
    told: /E_GUARD\]: 4 objects would be deleted, more than maxDeletes allows \(3\)\n.*--allow deletes=4/,
    tooFew: "--allow deletes=3",
    lift: "--allow deletes=4",
  },
  maxDeletePercent: {
    guards: "maxDeletePercent: 10",
    count: 8,
    change: removed,
    told: /E_GUARD\]: 73% of the owned objects would be deleted, more than maxDeletePercent allows \(10\)/,
    tooFew: "--allow deletePercent=72",
    lift: "--allow deletePercent=73",
  },
  maxReplaces: {
    guards: "maxReplaces: 3",
    change: moved,
    told: /E_GUARD\]: 4 objects would be replaced, more than maxReplaces allows \(3\)/,
    tooFew: "--allow replaces=3",
    lift: "--allow replaces=4",
  },
  forbid: {
    guards: "forbid: [replace]",
    count: 1,
    change: moved,
    told: /E_GUARD\] Environment\/web\/e0: would cause replace, which guards.forbid names\n.*--allow replace\n/,
    lift: "--allow replace",
  },
};

describe("guards", () => {
  it.each(Object.entries(cases))(
    "%s: plan shows the breach and exits as usual, apply refuses, --allow lifts it",
    async (_, guarded) => {
      const project = await withEnvironments(guarded.guards, guarded.count);
      guarded.change(project);
      const before = objectsIn(project.emulator);
      const planned = await project.cairn("plan --detailed-exitcode");
      expect(planned.stdout).toMatch(guarded.told);
      expect(planned.code).toBe(2);
      const { applyable, cairn } = JSON.parse((await project.cairn("plan --format json")).stdout);
      expect([applyable, cairn.refusals[0].code]).toEqual([false, "E_GUARD"]);
      for (const lift of ["", ...(guarded.tooFew === undefined ? [] : [` ${guarded.tooFew}`])]) {
        const refused = await project.cairn(`apply --yes${lift}`);
        expect(refused.stdout).toContain("Plan: ");
        expect(refused.stderr).toContain("error[E_GUARD]");
        expect([refused.code, objectsIn(project.emulator)]).toEqual([4, before]);
      }
      const lifted = await project.cairn(`apply --yes ${guarded.lift}`);
      expect(lifted.stderr).not.toContain("error[");
      expect(lifted.code).toBe(0);
    },
  );

  it("forbid: data-loss is refused by that name, and lifted by it", async () => {
    const project = shop();
    project.edit("cairn.yaml", "pace:", "guards: { forbid: [data-loss] }\npace:");
    await project.cairn("apply --yes");
    project.write("manifests/web.yaml", "");
    const refused = await project.cairn("apply --yes --allow destroy=App/web");
    expect(refused.stderr).toMatch(/E_GUARD\] App\/web: would cause data-loss.*\n.*--allow data-loss\n/);
    expect(refused.code).toBe(4);
    expect((await project.cairn("apply --yes --allow destroy=App/web --allow data-loss")).code).toBe(0);
  });
});

describe("preventDestroy", () => {
  it("is held in the ledger: taking the manifest away does not take the protection away, not even for destroy", async () => {
    const project = shop();
    project.edit("manifests/web.yaml", "{ name: web/prod }", "{ name: web/prod, lifecycle: { preventDestroy: true } }");
    await project.cairn("apply --yes");
    project.edit("manifests/web.yaml", /---\napiVersion: retailcloud\/v1\nkind: Environment[\s\S]*$/, "");
    const shown = JSON.parse((await project.cairn("plan --format json")).stdout);
    expect(shown.cairn.refusals).toMatchObject([{ code: "E_PROTECTED", address: "Environment/web/prod" }]);
    for (const line of ["apply --yes", "destroy --yes"]) {
      const { code, stderr } = await project.cairn(line);
      expect(stderr).toContain(
        "error[E_PROTECTED] Environment/web/prod: would be deleted, but metadata.lifecycle.preventDestroy is true",
      );
      expect(code).toBe(4);
    }
    expect((await project.cairn("apply --yes --allow destroy=Environment/web/prod")).code).toBe(0);
    expect(objectsIn(project.emulator)).toMatchObject({ Environment: 0 });
  });
});
