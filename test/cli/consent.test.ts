import { describe, expect, it } from "vitest";
import { objectsIn, shop } from "./shop.ts";

describe("apply and destroy", () => {
  it.each(["apply", "destroy"])("%s without terminal and --yes is refused before any call", async (command) => {
    const project = shop();
    const { code, stderr } = await project.cairn(command);
    expect(stderr).toMatch(/error\[E_CONFIRM\][\s\S]*--yes/);
    expect(code).toBe(1);
    expect(project.emulator.calls()).toEqual([]);
  });

  it("ask on a terminal, and only yes goes on", async () => {
    const project = shop();
    for (const answer of ["no", "y", ""]) {
      const refused = await project.cairn("apply", { answers: [answer] });
      expect(refused).toMatchObject({ code: 1 });
      expect(refused.stderr).toContain('Apply this in shop? Only "yes" goes on: ');
    }
    expect((await project.cairn("apply", { answers: [] })).code).toBe(1);
    expect(objectsIn(project.emulator)).toMatchObject({ App: 0 });
    expect((await project.cairn("apply", { answers: ["yes"] })).code).toBe(0);
    expect(objectsIn(project.emulator)).toMatchObject({ App: 1 });
    const destroyed = await project.cairn("destroy", { answers: [" yes "] });
    expect(destroyed.stderr).toContain("Destroy this in shop?");
    expect(destroyed.code).toBe(0);
  });

  it("show the plan on stderr to whoever is asked while stdout waits for JSON", async () => {
    const project = shop();
    const { stdout, stderr, code } = await project.cairn("apply --format json", { answers: ["yes"] });
    expect(stderr).toContain("Plan: 3 to create");
    expect(JSON.parse(stdout).cairn.outcome.done).toHaveLength(3);
    expect(code).toBe(0);
  });

  it("ask nothing where there is nothing to do", async () => {
    const project = shop();
    await project.cairn("apply --yes");
    const { code, stderr } = await project.cairn("apply", { answers: [] });
    expect(code).toBe(0);
    expect(stderr).not.toContain("Only");
    expect((await shop().cairn("destroy --yes")).stdout).toContain("Nothing is owned");
  });

  it("hold a protection back, show the plan in full and exit 4", async () => {
    const project = shop();
    await project.cairn("apply --yes");
    project.write("manifests/web.yaml", "");
    const planned = await project.cairn("plan --detailed-exitcode");
    expect(planned.stdout).toMatch(/Apply will refuse this plan:\nerror\[E_PROTECTED\] App\/web/);
    expect(planned.code).toBe(2);
    const applied = await project.cairn("apply --yes");
    expect(applied.stdout).toContain("3 to delete");
    expect(applied.stderr).toMatch(/error\[E_PROTECTED\]/);
    expect(applied.code).toBe(4);
    expect(objectsIn(project.emulator)).toMatchObject({ App: 1 });
    expect((await project.cairn("apply --yes --allow destroy=App/web")).code).toBe(0);
    expect(objectsIn(project.emulator)).toMatchObject({ App: 0, Environment: 0 });
  });

  it("replace what --replace names", async () => {
    const project = shop();
    await project.cairn("apply --yes");
    const { code, stdout } = await project.cairn("apply --yes --replace Environment/web/prod");
    expect(stdout).toContain("1 to replace");
    expect(code).toBe(0);
    expect((await project.cairn("plan --detailed-exitcode")).code).toBe(0);
  });

  it("end with exit 3 when something fails after a call was sent, and go on where they stopped", async () => {
    const project = shop();
    project.emulator.setFaults({ rules: [{ match: { action: "CreateDeployConfig" }, effect: "refused" }] });
    const { code, stdout, stderr } = await project.cairn("apply --yes");
    expect(stderr).toMatch(/error\[E_REFUSED\].*DeployConfig\/web\/online/);
    expect(stdout).toMatch(/skipped Environment\/web\/prod, because DeployConfig\/web\/online failed/);
    expect(code).toBe(3);
    project.emulator.setFaults({ rules: [] });
    expect((await project.cairn("apply --yes")).stdout).toContain("2 to create");
  });

  it("never show a secret that is in their way", async () => {
    const { stdout, stderr } = await shop().cairn("plan --log-level debug", {
      env: { KEY: "cairn", SECRET: "s3cr3t-v4lue" },
    });
    expect(stdout + stderr).not.toContain("s3cr3t-v4lue");
  });
});
