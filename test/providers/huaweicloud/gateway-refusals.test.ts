import { describe, expect, it } from "vitest";
import { edgeProject, gateway } from "./edge-project.ts";

describe("ApigInstance", () => {
  it("is not deleted unasked; destroy deletes it, and waits until it is gone", async () => {
    const project = edgeProject();
    await project.settle(gateway("edge"), gateway("other"));
    project.declare(gateway("other"));
    expect((await project.cairn("apply --yes")).code).toBe(4);
    expect((await project.cairn("apply --yes --allow destroy=ApigInstance/edge")).code).toBe(0);
    expect(project.rows("ApigInstance")).toMatchObject([{ instance_name: "other" }]);
    expect((await project.cairn("destroy --yes")).code).toBe(0);
    expect(project.rows("ApigInstance")).toEqual([]);
  });

  it.each([
    ["billed by the month or year", { charging_mode: 1 }, "the API cannot end that; unsubscribe it in the console"],
    [
      "locked by an order",
      { cbc_operation_locks: [{ lock_scene: "TO_PERIOD_LOCK" }] },
      "an order has locked it (TO_PERIOD_LOCK)",
    ],
  ])("that is %s is refused to be deleted at plan time", async (_, more, reason) => {
    const project = edgeProject();
    await project.settle(gateway("edge"));
    const [row] = project.rows("ApigInstance");
    project.emulator.reset({ huaweicloud: { ApigInstance: [{ ...row, ...more }] } });
    const { code, stderr } = await project.cairn("destroy --yes");
    expect(code).toBe(1);
    expect(stderr).toContain(reason);
    expect(project.emulator.calls().filter(({ action }) => action.startsWith("Delete"))).toEqual([]);
  });

  it("grows, and is refused to shrink at plan time", async () => {
    const project = edgeProject();
    await project.settle(gateway("edge", { specId: "ENTERPRISE" }));
    project.declare(gateway("edge", { specId: "BASIC" }));
    const shrunk = await project.cairn("apply --yes");
    expect(shrunk.code).toBe(1);
    expect(shrunk.stderr).toContain("an edition can only grow: ENTERPRISE cannot become BASIC");
    await project.settle(gateway("edge", { specId: "PLATINUM_X3" }));
    project.declare(gateway("edge", { specId: "PLATINUM_X2" }));
    expect((await project.cairn("plan")).stderr).toContain("PLATINUM_X3 cannot become PLATINUM_X2");
    const [row] = project.rows("ApigInstance");
    project.emulator.reset({ huaweicloud: { ApigInstance: [{ ...row, charging_mode: 1 }] } });
    project.declare(gateway("edge", { specId: "PLATINUM_X4" }));
    expect((await project.cairn("plan")).stderr).toContain("the API cannot change its order to PLATINUM_X4");
  });
});
