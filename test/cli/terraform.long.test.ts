import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { objectsIn } from "./shop.ts";
import { buildWorkshops, missingTerraform, type Workshop } from "./terraform.ts";

const missing = missingTerraform();
const openWorkshop = buildWorkshops();

type Manifest = { readonly kind: string; readonly metadata: { readonly name: string }; readonly spec: object };

function app(name: string, more: object = {}): Manifest {
  const spec = {
    bizCode: "JST",
    language: "Java",
    operatingSystem: "Linux",
    serviceType: "GeneralApplication",
    userRoles: [{ roleName: "Owner", userId: "1", userType: "TAOBAO" }],
    ...more,
  };
  return { kind: "App", metadata: { name }, spec };
}

function configOf(name: string): Manifest {
  return { kind: "DeployConfig", metadata: { name: `${name}/online` }, spec: { app: name, envType: "online" } };
}

function environment(name: string, replicas: number): Manifest {
  const spec = { app: name, deployConfig: `${name}/online`, envType: "online", region: "cn-zhangjiakou", replicas };
  return { kind: "Environment", metadata: { name: `${name}/prod` }, spec };
}

/** Declares these and nothing else. */
function write({ folder }: Workshop, manifests: readonly Manifest[]): void {
  const documents = manifests.map((one) => JSON.stringify({ apiVersion: "retailcloud/v1", ...one }));
  writeFileSync(join(folder, "manifests", "all.yaml"), documents.join("\n---\n"));
}

/** Declares these and nothing else, and writes the stack. */
async function declare(shop: Workshop, manifests: readonly Manifest[], more = ""): Promise<void> {
  write(shop, manifests);
  const { code, stderr } = await shop.run(`cairn synth --engine data${more}`);
  expect(stderr).toBe("");
  expect(code).toBe(0);
}

type Planned = { readonly address: string; readonly change: { readonly actions: readonly string[] } };

/** What Terraform would do, by address. */
async function planned({ terraform }: Workshop): Promise<Readonly<Record<string, readonly string[]>>> {
  await terraform("plan -input=false -no-color -out=plan.bin");
  const { resource_changes: changes } = JSON.parse(await terraform("show -json plan.bin")) as {
    readonly resource_changes: readonly Planned[];
  };
  const real = changes.filter(({ change }) => change.actions.join() !== "no-op");
  return Object.fromEntries(real.map(({ address, change }) => [address, change.actions]));
}

function isClean({ run }: Workshop) {
  return run("terraform plan -input=false -detailed-exitcode", "cdktf.out/stacks/shop").then(({ code }) => code === 0);
}

function callsOf({ emulator }: Workshop, pattern: RegExp): readonly string[] {
  return emulator.calls().flatMap(({ action }) => (pattern.test(action) ? [action] : []));
}

describe("a stack of cairn synth in Terraform", { timeout: 240_000 }, () => {
  it("is applied, clean, changed one applier at a time without a delete, and destroyed without rest", async (context) => {
    context.skip(missing !== undefined, missing);
    const shop = await openWorkshop();
    await declare(shop, [app("web"), configOf("web"), environment("web", 2)]);
    await shop.terraform("init -input=false");
    expect(Object.values(await planned(shop))).toEqual(Array.from({ length: 6 }, () => ["create"]));
    await shop.terraform("apply -input=false plan.bin");
    expect(objectsIn(shop.emulator)).toMatchObject({ App: 1, DeployConfig: 1, Environment: 1 });
    expect(await isClean(shop)).toBe(true);
    const ids = JSON.parse(await shop.terraform("output -json ids")) as Record<string, string>;
    expect(Object.keys(ids)).toEqual(["App/web", "DeployConfig/web/online", "Environment/web/prod"]);
    expect(Object.values(ids).every((id) => /^\d+$/.test(id))).toBe(true);

    // Written anew, now that there is a ledger: still nothing to do.
    await declare(shop, [app("web"), configOf("web"), environment("web", 2)]);
    expect(await isClean(shop)).toBe(true);

    shop.emulator.clearCalls();
    await declare(shop, [app("web"), configOf("web"), environment("web", 3)]);
    const changes = await planned(shop);
    expect(Object.keys(changes)).toEqual([expect.stringMatching(/^terraform_data\.applier_Environment_web_prod_/)]);
    expect(Object.values(changes)).toEqual([["delete", "create"]]);
    await shop.terraform("apply -input=false plan.bin");
    expect(callsOf(shop, /^(Create|Update|Delete|Offline)/)).toEqual(["UpdateEnvironment"]);
    expect(await isClean(shop)).toBe(true);

    await shop.terraform("destroy -input=false -auto-approve");
    expect(objectsIn(shop.emulator)).toMatchObject({ App: 0, DeployConfig: 0, Environment: 0 });
  });

  it("hands on names that look alike and values that look like commands, from any folder", async (context) => {
    context.skip(missing !== undefined, missing);
    const shop = await openWorkshop("a b'c\"d ${x} %{y} $(z) `w` 应用");
    const hostile = "应用-web ${x} %{x} $${z} %%{z} \"double\" 'single' $(touch x) `id`\nsecond\tline \\n $HOME";
    const names = ["a.b", "a/b", "a-b", "1web"];
    const manifests = names.map((name) =>
      app(name, { title: `应用-${name} \${x} %{x} $(y) '"\nsecond`, description: hostile }),
    );
    const named = { ...app("named"), spec: { ...app("named").spec, description: "${var.text}" } };
    const quoted = `'${hostile.replaceAll("'", String.raw`'\''`)}'`;
    // What the manifest says twice is written once: $${ stands for ${.
    await declare(shop, [...manifests, named], ` --var text=${quoted}`);
    await shop.terraform("init -input=false");
    await shop.terraform("apply -input=false -auto-approve");
    const { retailcloud } = shop.emulator.state() as { retailcloud: { App: Record<string, string>[] } };
    const found = new Map(retailcloud.App.map((one) => [one["Title"], one["Description"]]));
    const read = hostile.replace("$${z}", "${z}");
    expect(found).toEqual(
      new Map([...names.map((name) => [`应用-${name} \${x} %{x} $(y) '"\nsecond`, read] as const), ["named", hostile]]),
    );
    await shop.terraform("destroy -input=false -auto-approve");
    expect(objectsIn(shop.emulator)["App"]).toBe(0);
  });

  it("deletes what is declared no longer, and nothing when Terraform only forgets a rename", async (context) => {
    context.skip(missing !== undefined, missing);
    const shop = await openWorkshop();
    await declare(shop, [app("web"), app("old")]);
    await shop.terraform("init -input=false");
    await shop.terraform("apply -input=false -auto-approve");
    shop.emulator.clearCalls();
    await declare(shop, [{ ...app("new"), spec: { ...app("new").spec, title: "web" } }]);
    await shop.terraform("apply -input=false -auto-approve");
    expect(callsOf(shop, /^(Create|Update|Delete)/)).toEqual(["DeleteAppDetail"]);
    expect(objectsIn(shop.emulator)["App"]).toBe(1);
    expect(await isClean(shop)).toBe(true);
    await declare(shop, [{ ...app("new"), spec: { ...app("new").spec, title: "web" } }]);
    expect(await isClean(shop)).toBe(true);
    expect(readFileSync(join(shop.folder, "terraform.shop.tfstate"), "utf8")).not.toContain("App/old");
  });
});

describe("cairn synth as a process", { timeout: 60_000 }, () => {
  it("takes little for a thousand manifests, and starts no Terraform for them", async () => {
    const shop = await openWorkshop();
    writeFileSync(join(shop.folder, "terraform"), "#!/bin/sh\ntouch called\nexit 1\n", { mode: 0o755 });
    const names = Array.from({ length: 250 }, (_, index) => `shop${index}`);
    const manifests = names.flatMap((name) => {
      const second = { ...environment(name, 2), metadata: { name: `${name}/second` } };
      return [app(name), configOf(name), environment(name, 1), second];
    });
    write(shop, manifests);
    const { stdout } = await shop.run('PATH="$PWD:$PATH"; cairn synth --engine data >&2 && times');
    // User and system time of what the shell started. The limit is 2 s, which bench-synth.ts judges; on shared cores a second
    // is worth less.
    const seconds = [...(stdout.trim().split("\n").at(-1) ?? "").matchAll(/(\d+)m([\d.]+)s/g)].reduce(
      (sum, [, m, s]) => sum + 60 * Number(m) + Number(s),
      0,
    );
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThan(3);
    expect(existsSync(join(shop.folder, "called"))).toBe(false);
    const { resource } = JSON.parse(readFileSync(join(shop.folder, "cdktf.out/stacks/shop/cdk.tf.json"), "utf8"));
    expect(Object.keys(resource.terraform_data)).toHaveLength(2000);
  });
});

describe("cdktf.json", { timeout: 60_000 }, () => {
  it("names a command that writes stacks where the cdktf CLI looks for them, by the context of the same file", async () => {
    const { app: command, context, output, language } = JSON.parse(readFileSync("cdktf.json", "utf8"));
    expect({ command, language, output }).toEqual({
      command: "cairn synth",
      language: "typescript",
      output: "cdktf.out",
    });
    const shop = await openWorkshop();
    const outdir = join(shop.folder, "elsewhere");
    const told = { CDKTF_OUTDIR: outdir, CDKTF_CONTEXT_JSON: JSON.stringify(context) };
    const { code, stderr } = await shop.run(`cd "${process.cwd()}" && ${command}`, ".", told);
    expect(stderr).not.toContain("error[");
    expect(code).toBe(0);
    const { stacks } = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8"));
    const names = Object.keys(stacks);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const stack = JSON.parse(readFileSync(join(outdir, stacks[name].synthesizedStackPath), "utf8"));
      expect(stack.resource.null_resource).toBeDefined();
    }
  });
});
