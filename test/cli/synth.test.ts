import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { example, shop } from "./shop.ts";
import { commandsOf, perform, stackIn } from "./stack-commands.ts";

const secretApp = `---
apiVersion: retailcloud/v1
kind: RdsAccount
metadata: { name: web }
spec: { dbInstanceId: rm-1, accountName: web, accountType: Normal, accountPassword: "\${env.PASSWORD}" }
`;
const keys = { KEY: "cairn", SECRET: "cairn-secret" };

describe("cairn synth", () => {
  it("writes a stack that is named after the project where there are no stacks, and the cdktf CLI's manifest", async () => {
    const project = shop();
    const { code, stdout, stderr } = await project.cairn("synth");
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: "wrote cdktf.out/stacks/shop/cdk.tf.json: 3 resources\n",
      stderr: "",
    });
    expect(Object.keys(stackIn(project).resource ?? {})).toEqual(["null_resource"]);
    expect(JSON.parse(project.read("cdktf.out/manifest.json"))).toMatchObject({
      stacks: { shop: { name: "shop", synthesizedStackPath: "stacks/shop/cdk.tf.json" } },
    });
  });

  it("needs neither a cloud nor its keys, and writes the same bytes again", async () => {
    const project = shop();
    const bare = { env: {}, fetch: () => Promise.reject(new Error("no call is expected")) };
    expect(await project.cairn("synth", bare)).toMatchObject({ code: 0, stderr: "" });
    const first = project.read("cdktf.out/stacks/shop/cdk.tf.json");
    expect(first).not.toContain(project.folder);
    expect(await project.cairn("synth", bare)).toMatchObject({ code: 0 });
    expect(project.read("cdktf.out/stacks/shop/cdk.tf.json")).toBe(first);
  });

  it("applies and destroys everything by its commands, in the order of their dependencies", async () => {
    const project = shop();
    await project.cairn("synth --engine data");
    const stack = stackIn(project);
    expect([...commandsOf(stack, "applier").keys()]).toEqual([
      "App/web",
      "DeployConfig/web/online",
      "Environment/web/prod",
    ]);
    for (const command of commandsOf(stack, "applier").values()) await perform(project, command);
    expect((await project.cairn("plan --detailed-exitcode")).code).toBe(0);
    for (const command of [...commandsOf(stack, "owner").values()].reverse()) await perform(project, command);
    expect((await project.cairn("ledger list")).stdout).toContain("owns 0 resources");
  });

  it("writes every stack of a project, or the one that is chosen", async () => {
    const project = example("storefront");
    expect((await project.cairn("synth --out all")).code).toBe(0);
    expect(Object.keys(JSON.parse(project.read("all/manifest.json")).stacks)).toEqual(["dev", "prod"]);
    const commands = [...commandsOf(stackIn(project, "dev", "all"), "applier").values()];
    expect(commands.every((one) => one.includes(" --stack dev "))).toBe(true);
    const one = await project.cairn("synth --stack prod --format json --log-level error");
    expect(JSON.parse(one.stdout)).toEqual({
      format_version: "1.0",
      outdir: "cdktf.out",
      stacks: [{ stack: "prod", file: "cdktf.out/stacks/prod/cdk.tf.json", resources: 16, removed: [], renamed: {} }],
    });
  });

  it("follows the cdktf CLI: its folder, and the context of cdktf.json", async () => {
    const project = example("storefront");
    const backend = { s3: { bucket: "states", key: "shop", region: "cn-hangzhou" } };
    const context = { other: 1, cairn: { stack: "prod", engine: "data", backend } };
    const told = (more: object): Record<string, string> => ({ ...keys, CDKTF_OUTDIR: "told", ...more });
    const env = told({ CDKTF_CONTEXT_JSON: JSON.stringify(context) });
    expect((await project.cairn("synth", { env })).code).toBe(0);
    expect(existsSync(join(project.folder, "told/stacks/dev"))).toBe(false);
    const stack = stackIn(project, "prod", "told");
    expect(Object.keys(stack.resource ?? {})).toEqual(["terraform_data"]);
    expect(stack.terraform.backend).toEqual(backend);
    // The command line has the last word.
    expect((await project.cairn("synth --stack dev --engine null --out mine", { env })).code).toBe(0);
    expect(Object.keys(stackIn(project, "dev", "mine").resource ?? {})).toEqual(["null_resource"]);
    for (const wrong of ["{", '{"cairn":{"engine":"x"}}', '{"cairn":{"stak":"x"}}', "[]"]) {
      const { code, stderr } = await project.cairn("synth", { env: told({ CDKTF_CONTEXT_JSON: wrong }) });
      expect(stderr).toMatch(/^error\[E_CONFIG\]: the context of cdktf\.json/);
      expect(code).toBe(1);
    }
  });

  it("finds the project that the context names", async () => {
    const project = shop();
    const env = { ...keys, CDKTF_CONTEXT_JSON: JSON.stringify({ cairn: { directory: "shop" } }) };
    for (const file of ["cairn.yaml", "manifests/web.yaml"]) project.write(`shop/${file}`, project.read(file));
    project.edit("cairn.yaml", "project: shop", "project: outer");
    expect((await project.cairn("synth", { env })).stdout).toContain("shop/cdktf.out/stacks/shop/cdk.tf.json");
  });

  it("holds no secret and no plain digest of one, and applies anew when a secret changes", async () => {
    const project = shop();
    project.write("manifests/account.yaml", secretApp.slice(4));
    const digestFor = async (password: string) => {
      expect((await project.cairn("synth", { env: { ...keys, PASSWORD: password } })).code).toBe(0);
      const text = project.read("cdktf.out/stacks/shop/cdk.tf.json");
      expect(text).not.toContain(password);
      const resources = Object.entries(JSON.parse(text).resource.null_resource as Record<string, { triggers: object }>);
      return resources.flatMap(([id, { triggers }]) => (id.startsWith("applier_RdsAccount") ? [triggers] : []));
    };
    const first = await digestFor("Aa1-first");
    expect(first).toEqual([{ address: "RdsAccount/web", digest: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    expect(await digestFor("Aa1-first")).toEqual(first);
    expect(await digestFor("Aa1-second")).not.toEqual(first);
  });

  it("refuses a variable whose secret would stand in the commands", async () => {
    const project = shop();
    project.write("manifests/account.yaml", secretApp.slice(4).replace("env.PASSWORD", "var.other"));
    for (const line of ["synth --var other=Aa1-word", "synth --var other=Aa1 --var token=x"]) {
      const { code, stderr } = await project.cairn(line);
      expect(stderr).toMatch(/^error\[E_SECRET\]: --var (other|token) is a secret/);
      expect(code).toBe(1);
    }
    expect(existsSync(join(project.folder, "cdktf.out"))).toBe(false);
  });

  it("tells every mistake of every stack at once, writes nothing then, and takes no option that it does not use", async () => {
    const project = shop();
    project.edit("manifests/web.yaml", "bizCode: JST", "bizCode: SHOP");
    project.edit("manifests/web.yaml", "app: web\n  envType", "app: wob\n  envType");
    const { code, stderr } = await project.cairn("synth");
    expect(code).toBe(1);
    expect(stderr).toMatch(/error\[E_FIELD\][\s\S]*error\[E_REFERENCE\]/);
    expect(existsSync(join(project.folder, "cdktf.out"))).toBe(false);
    expect((await project.cairn("synth --target App/web")).stderr).toContain("synth does not take '--target'");
    expect((await project.cairn("synth --stack dev")).stderr).toContain('no stack is named "dev"');
  });
});
