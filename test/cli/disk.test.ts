import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, type TestContext } from "vitest";
import { createFetch } from "../../src/emulator/fetch.ts";
import type { Ran } from "./run-cairn.ts";
import { objectsIn, type Shop, shop } from "./shop.ts";

/** A shop whose ledger lies on a small disk of its own, at `disk`; skips the test where none can be mounted. */
function shopOnDisk({ skip }: TestContext): Shop & { readonly disk: string } {
  const project = shop();
  const disk = join(project.folder, ".cairn");
  mkdirSync(disk);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=256k", "cairn-test", disk], { stdio: "ignore" });
  } catch {
    skip("only root can mount a disk that is small enough to be filled");
  }
  onTestFinished(() => void execFileSync("umount", [disk]));
  return { ...project, disk };
}

function fill(disk: string): void {
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(join(disk, "filler"), Buffer.alloc(bavail * bsize));
}

/** Runs a line during which something happens to the disk before the first call to an action is sent on. */
function meanwhile(project: Shop, line: string, action: string, happen: () => void): Promise<Ran> {
  const fetch = createFetch(project.emulator.handle);
  let isDone = false;
  return project.cairn(line, {
    fetch: (url, request) => {
      const isFirst = !isDone && Object.values(request.headers).includes(action);
      isDone ||= isFirst;
      if (isFirst) happen();
      return fetch(url, request);
    },
  });
}

const listed = /this is what it has to hold:\n(\{[\s\S]*?\n\})\n/;

describe("a full disk", () => {
  it("before the first change ends the run without one, the old ledger untouched", async (context) => {
    const project = shopOnDisk(context);
    await project.cairn("apply --yes --target App/web");
    const before = project.read(".cairn/ledger.json");
    const { code, stderr } = await meanwhile(project, "apply --yes", "ListApp", () => fill(project.disk));
    expect(stderr).toContain(
      "error[E_LEDGER] .cairn/ledger.json: cannot keep the ledger in its history: the disk is full (ENOSPC)",
    );
    expect(stderr).toContain("help: free some space and run the command again");
    expect(code).toBe(1);
    expect(project.read(".cairn/ledger.json")).toBe(before);
    expect(readdirSync(project.disk).sort()).toEqual(["filler", "ledger.json"]);
  });

  it("after a change stops the run, prints the ledger, and loses nothing once there is space", async (context) => {
    const project = shopOnDisk(context);
    const { code, stderr } = await meanwhile(project, "apply --yes", "CreateApp", () => fill(project.disk));
    expect(stderr).toContain("cannot write the ledger: the disk is full (ENOSPC)");
    expect(code).toBe(3);
    const printed = listed.exec(stderr)?.[1] ?? "";
    expect(JSON.parse(printed)).toMatchObject({ entries: { "App/web": { id: "1001" } } });
    expect(objectsIn(project.emulator)).toMatchObject({ App: 1, DeployConfig: 0 });
    rmSync(join(project.disk, "filler"));
    expect((await project.cairn("apply --yes")).code).toBe(0);
    expect(objectsIn(project.emulator)).toMatchObject({ App: 1, DeployConfig: 1, Environment: 1 });
  });

  it("takes what was printed for a ledger", async (context) => {
    const project = shopOnDisk(context);
    const { stderr } = await meanwhile(project, "apply --yes", "CreateApp", () => fill(project.disk));
    rmSync(join(project.disk, "filler"));
    project.write(".cairn/ledger.json", listed.exec(stderr)?.[1] ?? "");
    expect((await project.cairn("ledger list")).stdout).toContain("App/web");
  });
});

describe("a disk that became read-only", () => {
  it("before the lock ends the run without a call", async (context) => {
    const project = shopOnDisk(context);
    execFileSync("mount", ["-o", "remount,ro", project.disk]);
    const { code, stderr } = await project.cairn("apply --yes");
    expect(stderr).toContain("cannot lock the ledger: the file system is read-only (EROFS)");
    expect(code).toBe(1);
    expect(project.emulator.calls()).toEqual([]);
  });

  it("after a change says both that nothing is recorded and that the lock stays", async (context) => {
    const project = shopOnDisk(context);
    const remount = (): void => void execFileSync("mount", ["-o", "remount,ro", project.disk]);
    const { code, stderr } = await meanwhile(project, "apply --yes", "CreateApp", remount);
    expect(stderr).toContain("error[E_LEDGER]");
    expect(stderr).toContain("warning[E_LEDGER] .cairn/ledger.json: cannot release the lock of the ledger");
    expect(stderr).toMatch(listed);
    expect(code).toBe(3);
  });
});

describe("what a full disk makes cairn print", () => {
  it("shows no secret", async () => {
    const project = shop();
    project.write(
      "manifests/rds.yaml",
      `apiVersion: retailcloud/v1
kind: RdsAccount
metadata: { name: shop }
spec: { accountName: shop, dbInstanceId: rm-1, accountPassword: "\${env.RDS_PASSWORD}", accountType: Normal }
`,
    );
    const fetch = createFetch(project.emulator.handle);
    const secret = "Hidden-Password-1";
    const { code, stderr, stdout } = await project.cairn("apply --yes", {
      env: { KEY: "cairn", SECRET: "cairn-secret", RDS_PASSWORD: secret },
      fetch: (url, request) => {
        if (Object.values(request.headers).some((one) => /^Create/.test(one))) {
          rmSync(join(project.folder, ".cairn"), { recursive: true, force: true });
          writeFileSync(join(project.folder, ".cairn"), "");
        }
        return fetch(url, request);
      },
    });
    expect(code).toBe(3);
    expect(stderr).toMatch(listed);
    expect(`${stderr}${stdout}`).not.toContain(secret);
  });
});
