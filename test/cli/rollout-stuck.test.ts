import { describe, expect, it } from "vitest";
import { deployApp } from "../../providers/retailcloud/deploy-actions.ts";
import { retail } from "../providers/retailcloud/retail-world.ts";
import { rolledOut, rolling } from "./rollouts.ts";

type Project = ReturnType<typeof rolling>;

const wires = ["sdk", "manual"] as const;

/** The next deployment fails in its second batch, and its order stays open until somebody closes it. */
function stick({ emulator }: Project): void {
  const match = { action: "DeployApp", nth: 1 };
  emulator.setFaults({ rules: [{ match, effect: "fail-pod", ms: 1e10, reason: "no database" }] });
}

function sent({ emulator }: Project): readonly string[] {
  const actions = emulator.calls().map(({ action }) => action);
  emulator.clearCalls();
  return actions.filter((action) => /^(Deploy|Close|Scale|Resume)/.test(action));
}

const closed = { Status: 3, Result: 4 };
const open = { Status: 1, Result: 0 };

describe.each(wires)("a rollout whose failed order stays open (%s)", (wire) => {
  it("is closed where onFailure says so, told with its pod, and not deployed again", async () => {
    const project = rolling({ rest: "  onFailure: close\n" }, { wire });
    stick(project);
    const failed = await project.apply();
    expect(failed.code).toBe(3);
    expect(failed.stderr).toMatch(/error\[E_NOT_READY] .*order \d+ \(v1 .*\) has failed, and is still open/);
    expect(failed.stderr).toMatch(/\| pod app-instance-\d+-2 failed/);
    expect(failed.stderr).toContain("|     Warning BackOff no database (3 times)");
    expect(failed.stderr).toMatch(/\| {5}.*error: no database/);
    expect(failed.stderr).toMatch(/\| order \d+ was closed, as onFailure says/);
    expect(sent(project)).toEqual(["DeployApp", "CloseDeployOrder"]);
    expect(project.orders()).toMatchObject([closed]);
    for (const line of ["apply --yes", "apply --yes", "plan --detailed-exitcode"]) {
      const again = await project.cairn(line);
      expect(again.stderr).toMatch(/warning\[E_HELD] .*held: order \d+ \(v1 .*\) was closed/);
      expect(again.code).toBe(0);
    }
    expect(sent(project)).toEqual([]);
    project.declare({ release: "v2", rest: "  onFailure: close\n" });
    expect((await project.apply()).code).toBe(0);
    expect(project.releases()).toEqual(["v1", "v2"]);
  });

  it("is left open where onFailure says nothing, and keeps everybody out until somebody closes it", async () => {
    const project = rolling({}, { wire });
    stick(project);
    const failed = await project.apply();
    expect(failed.code).toBe(3);
    const byHand = /order \d+ is left open, and keeps others out: close it with (cairn rollout close --id \d+)/;
    expect(failed.stderr).toMatch(/\| pod app-instance-\d+-2 failed/);
    expect(failed.stderr).toMatch(byHand);
    for (const line of ["apply --yes", "apply --yes", "plan --detailed-exitcode"]) {
      const again = await project.cairn(line);
      expect(again.stderr).toMatch(/warning\[E_HELD] .*held: order \d+ \(v1 .*\) has failed, and is still open/);
      expect(again.code).toBe(0);
    }
    const status = await project.cairn("rollout status web/prod");
    expect(status.stdout).toMatch(/state +failed, and still open/);
    expect(status.stdout).toContain("cairn rollout close web/prod closes it: it keeps others out");
    const asked = await project.apply("apply --retry --yes");
    expect([asked.code, asked.stderr]).toEqual([
      4,
      expect.stringMatching(/error\[E_BLOCKED] .*has failed, and is still/),
    ]);
    project.declare({ release: "v2" });
    const refused = await project.apply();
    expect([refused.code, refused.stderr]).toEqual([4, expect.stringMatching(/E_BLOCKED] .*order \d+ \(v1 by cairn/)]);
    expect(refused.stderr).toMatch(/help: close it: cairn rollout close --id \d+; then run again/);
    expect(sent(project)).toEqual(["DeployApp"]);
    expect(project.orders()).toMatchObject([open]);
    const [, close = ""] = byHand.exec(failed.stderr) ?? [];
    expect((await project.cairn(`${close.replace("cairn ", "")} --yes`)).code).toBe(0);
    expect((await project.apply()).code).toBe(0);
    expect(project.releases()).toEqual(["v1", "v2"]);
  });
});

describe("an order that stays open", () => {
  it("is not closed while nothing of it has failed, however long it takes, and is followed by the next apply", async () => {
    // Cairn's hour takes a third of a second, the order's ten seconds take ten.
    const project = rolling({ rest: "  onFailure: close\n" }, { speed: 1 });
    project.edit("cairn.yaml", "pace: 1000", "pace: 10000");
    const tired = await project.apply();
    expect([tired.code, tired.stderr]).toEqual([3, expect.stringContaining("is not ready after 3600 s: order")]);
    expect(tired.stderr).toMatch(/\| order \d+ is still under way: nothing of it is known to have failed/);
    expect(project.orders()).toMatchObject([open]);
    project.emulator.advance(20_000);
    expect((await project.apply()).code).toBe(0);
    expect(project.orders()).toMatchObject([{ Status: 3, Result: 1 }]);
    expect(sent(project)).toEqual(["DeployApp"]);
  });

  it("is told as it is where it cannot be closed", async () => {
    const project = rolling({ rest: "  onFailure: close\n" });
    const match = { action: "DeployApp", nth: 1 };
    const rules = [
      { match, effect: "fail-pod", ms: 1e10 },
      { match: { action: "CloseDeployOrder" }, effect: "refused" },
    ];
    project.emulator.setFaults({ rules });
    const failed = await project.apply();
    expect(failed.stderr).toMatch(
      /order \d+ could not be closed, as onFailure says: close it with cairn rollout close/,
    );
    expect(project.orders()).toMatchObject([open]);
  });

  it("of somebody else is neither closed nor called cairn's", async () => {
    const project = await rolledOut({ rest: "  onFailure: close\n" });
    stick(project);
    const api = await retail(project.emulator.fetch);
    await api.call(deployApp, { EnvId: project.environment(), Name: "hotfix", TotalPartitions: 1 });
    project.emulator.advance(10_000);
    project.declare({ release: "v2", rest: "  onFailure: close\n" });
    const refused = await project.apply();
    expect(refused.code).toBe(4);
    expect(refused.stderr).toMatch(/order \d+ \(hotfix .*\), not cairn's, has failed, and is still open/);
    expect(sent(project).filter((action) => action === "CloseDeployOrder")).toEqual([]);
  });

  it("scales nothing, which is told with the way out", async () => {
    const project = await rolledOut();
    const rules = [{ match: { action: "ScaleApp" }, effect: "fail-pod", ms: 1e10, reason: "no room" }];
    project.emulator.setFaults({ rules });
    project.edit("manifests/web.yaml", "replicas: 2", "replicas: 3");
    const failed = await project.apply();
    expect(failed.code).toBe(3);
    expect(failed.stderr).toMatch(/error\[E_NOT_READY] .*scaling: order \d+ .* has failed, and is still open/);
    expect(failed.stderr).toMatch(/help: it keeps others out until it is closed: cairn rollout close --id \d+/);
    expect(failed.stderr).toContain("no room");
  });
});
