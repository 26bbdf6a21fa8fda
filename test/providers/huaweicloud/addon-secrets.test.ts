import { describe, expect, it } from "vitest";
import { addon, edgeProject } from "./edge-project.ts";

const custom = { cluster_id: "c1", tenant_id: "t1", maxNodesTotal: 9 };
const secrets = (word: string) => ({
  ...custom,
  adminPassword: `${word}-1`,
  db: { token: `${word}-2`, port: 5432 },
  env: [{ name: "API_KEY", value: `${word}-3` }],
  file: `user: a\npassword: ${word}-4`,
  tolerations: [{ key: "dedicated", operator: "Exists" }],
});
const scaler = (values: object) => addon("c1/autoscaler", { values: { custom: values } });

describe("values of an add-on under keys that look secret", () => {
  it("are in no output, and not in the ledger, while keys that only name something are shown", async () => {
    const project = edgeProject();
    const said: string[] = [];
    const run = async (line: string) => {
      const { code, stdout, stderr } = await project.cairn(line, { terminal: said.length % 2 === 0 });
      said.push(stdout, stderr);
      return { code, text: stdout + stderr };
    };
    project.declare(scaler(secrets("hunter")));
    const first = await run("plan");
    expect(first.text).toContain("(secret)");
    expect(first.text).toContain("dedicated");
    await run("plan --format json");
    await run("plan --out saved.json --format json");
    expect((await run("apply --yes --format json")).code).toBe(0);
    expect(project.rows("AddonInstance")).toMatchObject([{ values: { custom: secrets("hunter") } }]);
    expect((await run("plan --detailed-exitcode")).code).toBe(0);
    expect((await run("drift")).code).toBe(0);
    project.declare(scaler(secrets("marlin")));
    const changed = await run("plan --detailed-exitcode");
    expect(changed.code).toBe(2);
    expect(changed.text).toMatch(/adminPassword.*secret/);
    await run("plan --format json");
    expect((await run("apply --yes")).code).toBe(0);
    expect(project.rows("AddonInstance")).toMatchObject([{ values: { custom: secrets("marlin") } }]);
    await run("ledger show AddonInstance/c1/autoscaler");
    await run("ledger show AddonInstance/c1/autoscaler --format json");
    await run("ledger list --format json");
    expect((await run("drift --format json")).code).toBe(0);
    said.push(JSON.stringify(project.ledger()), project.read("saved.json"));
    expect(said.join("\n")).not.toMatch(/hunter|marlin/);
    expect(JSON.stringify(project.ledger())).toContain("dedicated");
  });

  it("are drift where the cloud has lost them, and return to the template's default where git has", async () => {
    const project = edgeProject();
    await project.settle(scaler({ ...custom, adminPassword: "hunter" }));
    const [row] = project.rows("AddonInstance");
    const reset = (value: object) => project.emulator.reset({ huaweicloud: { AddonInstance: [{ ...row, ...value }] } });
    reset({ values: { basic: {}, custom } });
    const drifted = await project.cairn("drift");
    expect(drifted.code).toBe(2);
    expect(drifted.stdout).toContain("values.custom.adminPassword");
    reset({});
    project.declare(scaler(custom));
    expect((await project.plan()).fields["AddonInstance/c1/autoscaler"]).toEqual(["values.custom.adminPassword"]);
    await project.settle(scaler(custom));
    expect(JSON.stringify(project.rows("AddonInstance")[0]?.["values"])).not.toContain("hunter");
  });
});
