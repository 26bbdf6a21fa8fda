import { describe, expect, it } from "vitest";
import { rolledOut, rolling } from "./rollouts.ts";

describe.each(["sdk", "manual"] as const)("a rollout, in the style %s", (wire) => {
  it("deploys a first release and then each new one, once", async () => {
    const project = await rolledOut({}, { wire });
    expect(project.releases()).toEqual(["v1"]);
    const again = await project.cairn("plan --detailed-exitcode");
    expect(again.stdout + again.stderr).toContain("No changes.");
    expect(again.stderr).not.toContain("warning");
    expect(again.code).toBe(0);
    project.declare({ release: "v2" });
    const { stdout } = await project.cairn("plan");
    expect(stdout).toContain("~ update Rollout/web/prod");
    expect((await project.apply()).code).toBe(0);
    expect((await project.cairn("plan --detailed-exitcode")).code).toBe(0);
    expect(project.releases()).toEqual(["v1", "v2"]);
  });

  it("in two batches waits after the first until it is resumed, and the plan is empty meanwhile", async () => {
    const project = rolling({ rest: "  partitions: 2\n  pause: first\n" }, { wire });
    const first = await project.apply();
    expect(first.stderr).toContain("warning[E_WAITING]");
    expect(first.stderr).toContain("cairn apply --resume");
    expect(first.stdout).toContain("1 waiting");
    expect(first.code).toBe(0);
    const planned = await project.cairn("plan --detailed-exitcode");
    expect(planned.stdout).toContain("No changes.");
    expect(planned.stderr).toContain("warning[E_WAITING]");
    expect(planned.code).toBe(0);
    expect((await project.apply()).code).toBe(0);
    expect(project.orders()).toMatchObject([{ Status: 2 }]);
    const resumed = await project.apply("apply --resume --yes");
    expect(resumed.stderr).not.toContain("E_WAITING]: ");
    expect(resumed.code).toBe(0);
    expect(project.orders()).toMatchObject([{ Status: 3, Result: 1 }]);
  });
});
