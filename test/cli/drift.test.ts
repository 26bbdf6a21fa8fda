import { describe, expect, it } from "vitest";
import { applied, type Shop, shop } from "./shop.ts";

function replaceInCloud({ emulator }: Shop, from: string | RegExp, to: string): void {
  const before = JSON.stringify(emulator.state());
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  emulator.reset(JSON.parse(after));
}

describe("drift", () => {
  it("without a ledger has nothing to compare: exit 1 with the cure", async () => {
    const { stderr, code } = await shop().cairn("drift");
    expect(stderr).toMatch(/error\[E_NO_LEDGER\][\s\S]*cairn apply/);
    expect(code).toBe(1);
  });

  it("compares with what was applied, not with what the manifests say now", async () => {
    const project = await applied();
    project.edit("manifests/web.yaml", "description: first", "description: second");
    const { stdout, code } = await project.cairn("drift");
    expect(stdout).toContain("No drift. 3 resources are as last applied.");
    expect(code).toBe(0);
  });

  it("shows what changed with its source, and exits 2; apply repairs it", async () => {
    const project = await applied();
    replaceInCloud(project, '"Replicas":2', '"Replicas":7');
    const { stdout, code } = await project.cairn("drift");
    expect(stdout).toMatch(
      /~ changed Environment\/web\/prod \(id 1003\) {2}manifests\/web\.yaml:\d+\n +replicas +2 → 7/,
    );
    expect(code).toBe(2);
    const { stdout: json } = await project.cairn("drift --format json");
    expect(JSON.parse(json)).toMatchObject({
      drifted: true,
      errored: false,
      changed: [{ address: "Environment/web/prod" }],
    });
    expect((await project.cairn("apply --yes")).code).toBe(0);
    expect((await project.cairn("drift")).code).toBe(0);
  });

  it("shows what is gone", async () => {
    const project = await applied();
    replaceInCloud(project, /"Environment":\[\{.*?\}\]/, '"Environment":[]');
    const { stdout, code } = await project.cairn("drift");
    expect(stdout).toContain("! missing Environment/web/prod");
    expect(code).toBe(2);
  });

  it("--unmanaged lists what nobody owns nor wants, which is no drift", async () => {
    const project = await applied();
    await project.cairn("ledger forget Environment/web/prod");
    const wanted = await project.cairn("drift --unmanaged");
    expect(wanted.stdout).toContain("No drift. 2 resources are as last applied, 0 unmanaged.");
    project.edit("manifests/web.yaml", /---[\s\S]*kind: Environment[\s\S]*$/, "");
    const stranger = '"AppId":"9","Title":"stranger","BizCode":"JST","Language":"Java","OperatingSystem":"Linux"';
    const more = '"ServiceType":"GeneralApplication","StateType":1';
    replaceInCloud(project, '"App":[', `"App":[{${stranger},${more}},`);
    const { stdout, code } = await project.cairn("drift --unmanaged");
    expect(stdout).toContain("? unmanaged App stranger (id 9)");
    expect(code).toBe(0);
    expect((await project.cairn("drift")).stdout).not.toContain("stranger");
  });

  it("--unmanaged leaves out what another stack owns", async () => {
    const project = shop();
    project.edit("cairn.yaml", "pace:", "stacks: { dev: { vars: { name: a } }, prod: { vars: { name: b } } }\npace:");
    project.edit("manifests/web.yaml", "description: first", "title: web-${var.name}");
    for (const stack of ["dev", "prod"]) expect((await project.cairn(`apply --yes --stack ${stack}`)).code).toBe(0);
    const { stdout } = await project.cairn("drift --unmanaged --stack dev");
    expect(stdout).toContain("No drift. 3 resources are as last applied, 0 unmanaged.");
  });

  it("that cannot be told is an error, not a silent 0", async () => {
    const project = await applied();
    project.emulator.setFaults({ rules: [{ match: { action: "ListAppEnvironment" }, effect: "refused" }] });
    const { stdout, stderr, code } = await project.cairn("drift --format json");
    expect(stderr).toContain("error[E_REFUSED]");
    expect(JSON.parse(stdout)).toMatchObject({ errored: true });
    expect(code).toBe(1);
  });

  it("of which a part cannot be told is an error, and what is known of the rest is shown", async () => {
    const project = await applied();
    replaceInCloud(project, '"Description":"first"', '"Description":"second"');
    project.emulator.setFaults({ rules: [{ match: { action: "ListAppEnvironment" }, effect: "refused" }] });
    const { stdout, code } = await project.cairn("drift --format json");
    expect(JSON.parse(stdout)).toMatchObject({ drifted: true, errored: true, changed: [{ address: "App/web" }] });
    expect(code).toBe(1);
  });
});
