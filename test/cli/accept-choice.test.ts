import { describe, expect, it } from "vitest";
import { deployApp } from "../../providers/retailcloud/deploy-actions.ts";
import { retail } from "../providers/retailcloud/retail-world.ts";
import { to } from "./accept-cases.ts";
import { rolledOut } from "./rollouts.ts";
import { moveCloud } from "./second-hand.ts";
import { type Shop, shop } from "./shop.ts";

const file = "manifests/web.yaml";
const scaled = to("replicas: 2", "replicas: 7");
const renamed = to("description: first", "description: second");

async function applied(edit: (text: string) => string = (text) => text): Promise<Shop> {
  const at = shop();
  at.write(file, edit(at.read(file)));
  const ran = await at.cairn("apply --yes");
  expect([ran.code, ran.stderr]).toEqual([0, expect.not.stringContaining("error[")]);
  return at;
}

function replaceInCloud({ emulator }: Shop, from: string | RegExp, into: string): void {
  const before = JSON.stringify(emulator.state());
  const after = before.replace(from, into);
  expect(after).not.toBe(before);
  emulator.reset(JSON.parse(after));
}

describe("cairn accept", () => {
  it("takes what is named, by address or glob, and leaves the rest", async () => {
    const at = await applied();
    const before = at.read(file);
    await moveCloud(at, { [file]: (text) => scaled(renamed(text)) });
    expect(await at.cairn("accept App/*")).toMatchObject({ code: 0 });
    expect(at.read(file)).toBe(renamed(before));
    expect(await at.cairn("accept Environment/web/prod")).toMatchObject({ code: 0 });
    expect(at.read(file)).toBe(scaled(renamed(before)));
  });

  it("leaves alone what git moved, and what ignoreChanges names", async () => {
    const ignored = to(
      "metadata: { name: web/prod }",
      "metadata: { name: web/prod, lifecycle: { ignoreChanges: [replicas] } }",
    );
    const at = await applied(ignored);
    at.edit(file, "description: first", "description: second");
    await moveCloud(at, {
      [file]: (text) => scaled(to("description: second", "description: first\n  bizTitle: shop")(text)),
    });
    const before = at.read(file);
    expect(await at.cairn("accept --all")).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("Nothing to accept."),
    });
    expect(at.read(file)).toBe(before);
  });

  it("takes the cloud's side of a conflict only of what is named without a wildcard", async () => {
    const at = await applied();
    await moveCloud(at, { [file]: (text) => to("description: first", "description: third")(scaled(text)) });
    at.edit(file, "description: first", "description: second");
    for (const line of ["accept --all", "accept App/*"]) {
      const { code, stderr } = await at.cairn(line);
      expect([code, at.read(file).includes("description: second")]).toEqual([1, true]);
      expect(stderr).toMatch(
        /web\.yaml:\d+:\d+ App\/web description: git and the cloud have both moved it\n {2}help: cairn accept App\/web takes the cloud's value, cairn apply git's/,
      );
    }
    // What else had drifted was written all the same.
    expect(at.read(file)).toContain("replicas: 7");
    expect(await at.cairn("accept App/web")).toMatchObject({ code: 0 });
    expect(at.read(file)).toContain("description: third");
  });

  it("merges what git and the cloud moved in one object, leaf by leaf", async () => {
    const object =
      "  deployment:\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: { name: web }\n    spec: { replicas: 1, paused: false, revisionHistoryLimit: 3 }\n";
    const at = await applied(to("  codePath: /srv/app\n", object));
    await moveCloud(at, { [file]: to("replicas: 1, paused: false", "replicas: 5, paused: true") });
    at.edit(file, "paused: false, revisionHistoryLimit: 3", "paused: false, revisionHistoryLimit: 4");
    expect(await at.cairn("accept --all")).toMatchObject({ code: 0 });
    expect(at.read(file)).toContain("spec: { replicas: 5, paused: true, revisionHistoryLimit: 4 }");
    const { stdout } = await at.cairn("plan");
    expect(stdout).toMatch(/-\s+revisionHistoryLimit: 3\n\s+\+\s+revisionHistoryLimit: 4/);
    expect(stdout).not.toMatch(/[-+]\s+(replicas|paused):/);
  });

  it("never writes a secret, nor what looks like one", async () => {
    const map = (mode: string, password: string): string =>
      `  configMaps:\n    - apiVersion: v1\n      kind: ConfigMap\n      metadata: { name: conf }\n      data: { mode: ${mode}, password: ${password} }\n`;
    const at = await applied(to("  codePath: /srv/app\n", map("plain", "hunter2")));
    await moveCloud(at, { [file]: to("mode: plain, password: hunter2", "mode: fast, password: swordfish") });
    const { code, stdout, stderr } = await at.cairn("accept --all");
    expect(code).toBe(1);
    expect(at.read(file)).toContain("mode: fast, password: hunter2");
    expect(stderr).toContain("configMaps[conf].data.password: is secret, or looks so, and is never written");
    expect(`${stdout}${stderr}`).not.toMatch(/hunter2|swordfish/);
  });

  it("says what is gone from the cloud, and what no manifest declares", async () => {
    const at = await applied();
    replaceInCloud(at, /"Environment":\[\{.*?\}\]/, '"Environment":[]');
    const before = at.read(file);
    const { code, stderr } = await at.cairn("accept --all");
    expect([code, at.read(file)]).toEqual([1, before]);
    expect(stderr).toMatch(
      /Environment\/web\/prod: is gone from the cloud, and its manifest stays\n {2}help: cairn apply makes it again; remove its manifest/,
    );
    at.edit(file, /---\n[^-]*kind: DeployConfig[\s\S]*$/, "");
    const undeclared = await at.cairn("accept DeployConfig/web/online");
    expect(undeclared).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("DeployConfig/web/online: no manifest declares it"),
    });
    expect(await at.cairn("accept --all")).toMatchObject({ code: 0 });
  });

  it("says where a manifest cannot hold what the cloud has, and writes the rest", async () => {
    const at = await applied();
    await moveCloud(at, { [file]: scaled });
    replaceInCloud(at, '"Language":"Java"', '"Language":"Go"');
    const { code, stdout, stderr } = await at.cairn("accept --all");
    expect([code, stdout]).toEqual([
      1,
      expect.stringContaining("Accepted: 1 value of 1 resource, in 1 file. 1 not accepted."),
    ]);
    expect(at.read(file)).toContain("replicas: 7");
    expect(stderr).toMatch(/App\/web language: cannot be written: must be one of Java, PHP/);
  });

  it("leaves a history to its manifest: what went along with somebody's rollout cannot be seen", async () => {
    const at = await rolledOut();
    const api = await retail(at.emulator.fetch);
    await api.call(deployApp, { EnvId: at.environment(), Name: "v9", TotalPartitions: 1 });
    const before = at.read("manifests/rollout.yaml");
    const { code, stderr } = await at.cairn("accept --all");
    expect([code, at.read("manifests/rollout.yaml")]).toEqual([1, before]);
    expect(stderr).toContain("Rollout/web/prod: release cannot be accepted: the cloud does not show what goes with it");
  });

  it("cannot tell of what could not be looked at", async () => {
    const at = await applied();
    at.emulator.setFaults({ rules: [{ match: { action: "ListAppEnvironment" }, effect: "refused" }] });
    const { code, stderr } = await at.cairn("accept --all");
    expect([code, stderr]).toEqual([1, expect.stringContaining("error[E_REFUSED]")]);
    expect(await at.cairn("accept App/web")).toMatchObject({ code: 0 });
  });

  it("leaves what is not owned yet to apply", async () => {
    const at = await applied();
    await at.cairn("ledger forget Environment/web/prod");
    replaceInCloud(at, '"Replicas":2', '"Replicas":7');
    expect(await at.cairn("accept Environment/web/prod")).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("Nothing to accept."),
    });
  });

  it("warns where another stack shares the manifest", async () => {
    const at = shop();
    at.edit("cairn.yaml", "pace:", "stacks: { dev: { vars: { name: a } }, prod: { vars: { name: b } } }\npace:");
    at.edit(file, "description: first", 'title: "web-${var.name}"\n  description: first');
    expect(await at.cairn("apply --yes --stack dev")).toMatchObject({ code: 0 });
    replaceInCloud(at, '"Replicas":2', '"Replicas":7');
    const { code, stderr } = await at.cairn("accept --all --stack dev");
    expect([code, at.read(file).includes("replicas: 7")]).toEqual([0, true]);
    expect(stderr).toContain(
      "warning[E_ACCEPT]: the manifests are shared with stack prod, which wants the accepted values as well now",
    );
  });

  it("prints one JSON document, whatever becomes of it", async () => {
    const at = await applied();
    await moveCloud(at, { [file]: scaled });
    const done = await at.cairn("accept --all --format json");
    expect(JSON.parse(done.stdout)).toEqual({
      format_version: "1.0",
      cairn_version: "0.0.0-test",
      project: "shop",
      accepted: [{ address: "Environment/web/prod", source: "manifests/web.yaml:20", fields: ["replicas"] }],
      files: [file],
      errored: false,
      errors: [],
      warnings: [],
    });
    replaceInCloud(at, /"Environment":\[\{.*?\}\]/, '"Environment":[]');
    const failed = await at.cairn("accept --all --format json");
    expect(JSON.parse(failed.stdout)).toMatchObject({
      accepted: [],
      errored: true,
      errors: [{ code: "E_ACCEPT", address: "Environment/web/prod" }],
    });
    const wrong = await at.cairn("accept --format json");
    expect(JSON.parse(wrong.stdout)).toMatchObject({ errored: true, cairn: { errors: [{ code: "E_USAGE" }] } });
  });

  it.each([
    ["accept", "an address is missing"],
    ["accept App/web --all", "--all and addresses exclude each other"],
    ["accept --all --target App/web", "accept does not take '--target'"],
    ["accept App/wep", "App/wep matches neither a manifest nor an owned resource"],
  ])("refuses the command line: %s", async (line, message) => {
    const at = await applied();
    const { code, stderr } = await at.cairn(line);
    expect([code, stderr]).toEqual([1, expect.stringContaining(message)]);
  });

  it("needs a ledger, which says what drift is", async () => {
    const { code, stderr } = await shop().cairn("accept --all");
    expect([code, stderr]).toEqual([1, expect.stringContaining("error[E_NO_LEDGER]")]);
  });
});
