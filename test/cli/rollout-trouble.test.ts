import { rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { deployApp, scaleApp } from "../../providers/retailcloud/deploy-actions.ts";
import { retail } from "../providers/retailcloud/retail-world.ts";
import { rolledOut, rolling } from "./rollouts.ts";

type Project = ReturnType<typeof rolling>;

const faulty = (project: Project, action: string, effect: string, more: object = {}): void =>
  project.emulator.setFaults({ rules: [{ match: { action }, effect, ...more }] });

/** Somebody else deploys into the environment. */
async function foreign(project: Project, Name: string, more: object = {}): Promise<void> {
  const api = await retail(project.emulator.fetch);
  await api.call(deployApp, { EnvId: project.environment(), Name, TotalPartitions: 1, ...more });
}

describe("a failed rollout", () => {
  it("shows the failing pod of batch 2 with events and log, and is not deployed again by itself", async () => {
    const project = rolling({ rest: "  onFailure: close\n" });
    faulty(project, "DeployApp", "fail-pod", { reason: "no database" });
    const failed = await project.apply();
    expect(failed.code).toBe(3);
    expect(failed.stderr).toMatch(
      /error\[E_NOT_READY] manifests\/rollout\.yaml:\d+:\d+ Rollout\/web\/prod: .*has failed/,
    );
    expect(failed.stderr).toMatch(/\| pod app-instance-\d+-2 failed/);
    expect(failed.stderr).toContain("|     Warning BackOff no database (3 times)");
    expect(failed.stderr).toMatch(/\| {5}.*error: no database/);
    project.emulator.setFaults({ rules: [] });
    for (const line of ["apply --yes", "apply --yes", "plan --detailed-exitcode"]) {
      const again = await project.cairn(line);
      expect(again.stderr).toMatch(/warning\[E_HELD] .*Rollout\/web\/prod: held: order \d+ \(v1 .*\) has failed/);
      expect(again.code).toBe(0);
    }
    const { stdout } = await project.cairn("plan");
    expect(stdout).toContain("! held Rollout/web/prod");
    expect(stdout).toContain("1 is held");
    expect(project.releases()).toEqual(["v1"]);
  });

  it("is deployed again by --retry, and gone over by a new release", async () => {
    const project = rolling();
    faulty(project, "DeployApp", "fail-pod");
    expect((await project.apply()).code).toBe(3);
    project.emulator.setFaults({ rules: [] });
    expect((await project.apply("apply --retry --yes")).code).toBe(0);
    expect(project.orders()).toMatchObject([
      { Name: "v1", Result: 2 },
      { Name: "v1", Result: 1 },
    ]);
    expect((await project.apply("apply --retry --yes")).code).toBe(0);
    expect(project.releases()).toEqual(["v1", "v1"]);
    project.declare({ release: "v2" });
    faulty(project, "DeployApp", "fail-pod");
    expect((await project.apply()).code).toBe(3);
    project.emulator.setFaults({ rules: [] });
    project.declare({ release: "v3" });
    expect((await project.apply()).code).toBe(0);
    expect(project.releases()).toEqual(["v1", "v1", "v2", "v3"]);
  });
});

describe("a rollout that is not admitted", () => {
  it.each([
    ["102000", "changes are frozen"],
    ["102001", "waiting for approval"],
  ])("with %s is refused: %s; it is asked for once a run", async (code, text) => {
    const project = await rolledOut();
    project.declare({ release: "v2" });
    faulty(project, "DeployApp", "refused", { code });
    project.emulator.clearCalls();
    const refused = await project.apply();
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain("error[E_REFUSED]");
    expect(refused.stderr).toContain(text);
    expect(project.emulator.calls().filter(({ action }) => action === "DeployApp")).toHaveLength(1);
    expect(project.releases()).toEqual(["v1"]);
    project.emulator.setFaults({ rules: [] });
    expect((await project.apply()).code).toBe(0);
    expect(project.releases()).toEqual(["v1", "v2"]);
  });
});

describe("orders of somebody else", () => {
  it("block while they are open, and are named", async () => {
    const project = await rolledOut();
    await foreign(project, "hotfix", { TotalPartitions: 2, PauseType: "first" });
    project.emulator.advance(6000);
    project.declare({ release: "v2" });
    const planned = await project.cairn("plan");
    expect(planned.stdout).toMatch(
      /error\[E_BLOCKED] .*order \d+ \(hotfix by cairn since .*\), not cairn's, is still open/,
    );
    const refused = await project.apply();
    expect(refused.code).toBe(4);
    expect(project.releases()).toEqual(["v1", "hotfix"]);
  });

  it("that are newer are a rollback on call: reported, and gone over by a new release or --retry alone", async () => {
    const project = await rolledOut();
    await foreign(project, "v0");
    project.emulator.advance(10_000);
    for (let run = 0; run < 2; run += 1) {
      const held = await project.apply();
      expect(held.stderr).toMatch(/warning\[E_HELD] .*\(v0 .*\) is newer than the rollout of v1, and not cairn's/);
      expect(held.code).toBe(0);
    }
    const planned = await project.cairn("plan --format json --detailed-exitcode");
    expect(planned.code).toBe(0);
    const { changes, warnings } = JSON.parse(planned.stdout).cairn;
    expect(changes.find(({ address }: { address: string }) => address === "Rollout/web/prod")).toMatchObject({
      action: "no-op",
      held: expect.stringContaining("newer"),
      fields: [{ field: "release", before: "v0", after: "v1" }],
    });
    expect(warnings).toMatchObject([{ code: "E_HELD" }]);
    expect((await project.cairn("drift")).code).toBe(2);
    expect((await project.apply("apply --retry --yes")).code).toBe(0);
    expect(project.releases()).toEqual(["v1", "v0", "v1"]);
    await foreign(project, "v0");
    project.emulator.advance(10_000);
    project.declare({ release: "v2" });
    expect((await project.apply()).code).toBe(0);
    expect(project.releases()).toEqual(["v1", "v0", "v1", "v0", "v2"]);
  });

  it("are not gone over where the ledger was lost, which triggers nothing by itself", async () => {
    const project = await rolledOut();
    await foreign(project, "v0");
    project.emulator.advance(10_000);
    rmSync(`${project.folder}/.cairn`, { recursive: true });
    const adopted = await project.apply();
    expect(adopted.stderr).toContain("warning[E_HELD]");
    expect(adopted.code).toBe(0);
    expect((await project.apply()).stderr).toContain("warning[E_HELD]");
    expect(project.releases()).toEqual(["v1", "v0"]);
  });

  it("that scale the environment are no rollouts", async () => {
    const project = await rolledOut();
    const api = await retail(project.emulator.fetch);
    await api.call(scaleApp, { EnvId: project.environment(), Replicas: 3 });
    project.emulator.advance(10_000);
    const planned = await project.cairn("plan --target Rollout/web/prod --detailed-exitcode");
    expect(planned.stdout).toContain("No changes.");
    expect(planned.code).toBe(0);
    expect(project.releases()).toEqual(["v1"]);
  });
});
