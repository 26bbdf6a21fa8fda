import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Testing } from "cdktf";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { addStack } from "../../src/cdk/add-stack.ts";
import { type OpenEngine, openEngine } from "../../src/cdk/engine.ts";
import { logicalId } from "../../src/cdk/logical-id.ts";
import { orphansOf } from "../../src/cdk/orphans.ts";
import type { StackInput, StackPaths } from "../../src/cdk/stack-input.ts";
import { owned, stackOf, wanted, wantedApp } from "./inputs.ts";

const engines: { null?: OpenEngine; data?: OpenEngine } = {};

beforeAll(async () => {
  engines.null = await openEngine("null");
  engines.data = await openEngine("data");
});

/** The Terraform JSON of a stack, as text. */
function written(
  input: StackInput,
  name: "null" | "data" = "null",
  more: { paths?: StackPaths; backend?: object } = {},
): string {
  const { [name]: engine } = engines;
  if (engine === undefined) throw new Error("no engine");
  const paths = more.paths ?? { project: "../../..", state: "../../../terraform.shop.tfstate" };
  const digests = new Map(input.desired.map(({ address }) => [address, `digest of ${address}`]));
  const backend = more.backend === undefined ? undefined : { ...more.backend };
  const outdir = mkdtempSync(join(tmpdir(), "cairn-stack-"));
  onTestFinished(() => rmSync(outdir, { recursive: true }));
  return Testing.synth(
    addStack(Testing.app({ outdir }), input, { engine, paths, digests, backend, orphans: orphansOf(input) }),
  );
}

const environment = wanted("Environment/web/prod", { app: "web", deployConfig: { id: "7" }, envName: "prod" });
const shop = stackOf([wantedApp("web"), environment]);
const tail = "-C ../../.. --lock-timeout 10m";

describe("addStack()", () => {
  it.each([
    ["null", "null_resource", "triggers"],
    ["data", "terraform_data", "triggers_replace"],
  ] as const)("makes an owner and an applier of every manifest, engine %s", (engine, type, triggers) => {
    const text = written(shop, engine);
    expect(
      Testing.toHaveResourceWithProperties(text, type, {
        [triggers]: { address: "App/web" },
        provisioner: [
          {
            "local-exec": {
              when: "destroy",
              command: `cairn destroy --target App/web --yes ${tail}`,
              working_dir: "${path.module}",
            },
          },
        ],
      }),
    ).toBe(true);
    expect(
      Testing.toHaveResourceWithProperties(text, type, {
        [triggers]: { address: "App/web", digest: "digest of App/web" },
        provisioner: [
          {
            "local-exec": {
              command: `cairn apply --target App/web --yes ${tail} --allow replaces=0`,
              working_dir: "${path.module}",
            },
          },
        ],
        depends_on: [`${type}.${logicalId("owner", "App/web")}`],
      }),
    ).toBe(true);
    expect(Object.keys(JSON.parse(text).resource[type])).toHaveLength(4);
    expect(Testing.toHaveProvider(text, "null")).toBe(engine === "null");
  });

  it("orders appliers as the graph says, and owners alike, so that users are deleted first", () => {
    const named = (role: "owner" | "applier", of: "App/web" | "Environment/web/prod") =>
      `null_resource.${logicalId(role, of)}`;
    const text = written(shop);
    const depends = (...on: string[]) =>
      Testing.toHaveResourceWithProperties(text, "null_resource", { depends_on: on });
    expect(depends(named("owner", "Environment/web/prod"), named("applier", "App/web"))).toBe(true);
    expect(depends(named("owner", "App/web"))).toBe(true);
  });

  it("names stack and variables in every command, in words that a shell and Terraform leave alone", () => {
    const text = written(stackOf([wantedApp("web")], [], { stack: "dev", vars: { note: "it's ${x} %{y} $(z)" } }));
    const note = "--var 'note=it'\\''s $${x} %%{y} $(z)'";
    const command = `cairn apply --target App/web --yes -C ../../.. --stack dev ${note} --lock-timeout 10m --allow replaces=0`;
    expect(
      Testing.toHaveResourceWithProperties(text, "null_resource", {
        provisioner: [{ "local-exec": { command, working_dir: "${path.module}" } }],
      }),
    ).toBe(true);
    expect(JSON.parse(text).terraform.required_providers.null.source).toContain("null");
  });

  it("keeps names apart that Terraform would flatten into one", () => {
    const text = written(stackOf(["a.b", "a/b", "a-b", "1web", "ab"].map((name) => wantedApp(name))));
    expect(Object.keys(JSON.parse(text).resource.null_resource)).toHaveLength(10);
  });

  it("tells ids by address: from the ledger's file behind the appliers, else as they were known", () => {
    const app = wantedApp("web");
    const input = stackOf([app, environment], [owned(app, "77")]);
    const { output } = JSON.parse(written(input));
    expect(output.ids.value).toEqual({ "App/web": '${"77"}', "Environment/web/prod": "${null}" });
    const paths = { project: ".", state: "s", ledger: "../a ${x}/ledger.json" };
    const { output: later, locals } = JSON.parse(written(input, "null", { paths }));
    expect(later.ids.value["App/web"]).toBe('${try(local.ledger["App/web"].id, "77")}');
    expect(locals.ledger).toContain('file("${path.module}/../a $${x}/ledger.json${join("", [for id in [null_resource.');
    expect(locals.ledger).toContain(`null_resource.${logicalId("applier", "App/web")}.id`);
  });

  it("keeps the state in the project folder, unless a backend is named", () => {
    expect(JSON.parse(written(shop)).terraform.backend).toEqual({ local: { path: "../../../terraform.shop.tfstate" } });
    const backend = { s3: { bucket: "states", key: "shop" } };
    expect(JSON.parse(written(shop, "data", { backend })).terraform.backend).toEqual(backend);
  });
});

describe("orphansOf()", () => {
  it("tells what ends, what was renamed and what is still used", () => {
    const [web, old, config] = [
      wantedApp("web"),
      wantedApp("old"),
      wanted("DeployConfig/web/a", { app: "web", name: "a", envType: "test" }),
    ];
    const entries = [
      owned(web, "1"),
      owned(old, "2"),
      owned(config, "3", { dependencies: ["App/web"] }),
      owned(environment, "4", { dependencies: ["DeployConfig/web/a"], parents: { app: "App/web" } }),
      owned({ ...old, address: "App/old~9" }, "9"),
    ];
    const { ending, used, renamed } = orphansOf(stackOf([wanted("App/shop", { title: "web" }), environment], entries));
    expect(ending).toEqual(["App/old", "DeployConfig/web/a"]);
    expect([...used]).toEqual(["DeployConfig/web/a"]);
    expect([...renamed]).toEqual([["App/web", "App/shop"]]);
  });
});
