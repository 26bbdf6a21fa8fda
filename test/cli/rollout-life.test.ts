import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { rolledOut } from "./rollouts.ts";

const wires = ["sdk", "manual"] as const;

describe.each(wires)("a rollout over the %s wire", (wire) => {
  it("is made, read back, changed, moved, adopted and forgotten, with an empty plan after each", async () => {
    const project = await rolledOut({ rest: "  partitions: 2\n  description: first\n" }, { wire });
    const clean = async (): Promise<void> => {
      const { code, stdout } = await project.cairn("plan --detailed-exitcode");
      expect([code, stdout]).toEqual([0, expect.stringContaining("No changes. 4 resources are as declared.")]);
    };
    await clean();
    project.declare({ release: "v2" });
    expect((await project.apply()).code).toBe(0);
    await clean();

    project.edit("manifests/rollout.yaml", "name: web/prod }", "name: web/live }");
    const moved = await project.cairn("plan");
    expect(moved.stdout).toContain("1 to move");
    expect((await project.apply()).code).toBe(0);
    await clean();

    rmSync(join(project.folder, ".cairn"), { recursive: true });
    expect((await project.cairn("plan")).stdout).toContain("4 to adopt");
    expect((await project.apply()).code).toBe(0);
    await clean();

    rmSync(join(project.folder, "manifests/rollout.yaml"));
    expect((await project.cairn("plan")).stdout).toContain("1 to forget");
    expect((await project.apply()).code).toBe(0);
    expect(project.releases()).toEqual(["v1", "v2"]);

    project.declare({ release: "v2" });
    expect((await project.apply()).code).toBe(0);
    const destroyed = await project.cairn("destroy --yes");
    expect(destroyed.stderr).not.toContain("error[");
    expect(destroyed.code).toBe(0);
    expect(project.releases()).toEqual(["v1", "v2"]);
  });

  it("says of fields that go along with a deployment that they wait for the next one", async () => {
    const project = await rolledOut({}, { wire });
    const wishes = { pause: "each", arms: true, partitions: 3, onFailure: "close", description: "told" };
    for (const [field, value] of Object.entries(wishes)) {
      project.declare({ rest: `  ${field}: ${value}\n` });
      const { code, stdout, stderr } = await project.cairn("plan --detailed-exitcode");
      expect([code, stdout]).toEqual([0, expect.stringContaining("No changes.")]);
      expect(stderr).toContain(`changed, and not sent by itself: ${field}`);
      expect((await project.apply()).code).toBe(0);
    }
    expect(project.releases()).toEqual(["v1"]);
  });
});
