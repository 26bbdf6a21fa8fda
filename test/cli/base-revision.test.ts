import { execFileSync } from "node:child_process";
import { describe, expect, it, test } from "vitest";
import { type Shop, shop } from "./shop.ts";

function git(at: Shop, ...args: string[]): void {
  const identity = ["-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "init.defaultBranch=main"];
  execFileSync("git", [...identity, ...args], { cwd: at.folder, stdio: "pipe" });
}

function commit(at: Shop): void {
  git(at, "add", "-A");
  git(at, "commit", "-q", "-m", "a commit");
}

/** The shop in a repository of its own, applied as its branch `main` has it. */
async function committed(): Promise<Shop> {
  const opened = shop();
  opened.write(".gitignore", ".cairn/\n");
  git(opened, "init", "-q");
  commit(opened);
  expect((await opened.cairn("apply --yes")).code).toBe(0);
  return opened;
}

type Planned = { cairn: { base?: unknown; changes: { address: string; fields: { path: string; class: string }[] }[] } };

async function classes(at: Shop, line = "plan --base main --format json"): Promise<Record<string, string>> {
  const { stdout, code } = await at.cairn(line);
  expect(code).toBe(0);
  const { changes } = (JSON.parse(stdout) as Planned).cairn;
  return Object.fromEntries(changes.flatMap(({ fields }) => fields.map((field) => [field.path, field.class])));
}

async function scaleByHand(at: Shop, replicas: number): Promise<void> {
  const text = at.read("manifests/web.yaml");
  at.edit("manifests/web.yaml", /replicas: \d+/, `replicas: ${replicas}`);
  expect((await at.cairn("apply --yes")).code).toBe(0);
  at.write("manifests/web.yaml", text);
}

describe("cairn plan --base", () => {
  it("says of each field whether git moved it, the cloud, or both", async () => {
    const at = await committed();
    await scaleByHand(at, 5);
    expect(await classes(at)).toEqual({ replicas: "drift" });
    at.edit("manifests/web.yaml", "description: first", "description: second");
    expect(await classes(at)).toEqual({ description: "intended", replicas: "drift" });
    at.edit("manifests/web.yaml", "replicas: 2", "replicas: 3");
    expect(await classes(at)).toEqual({ description: "intended", replicas: "conflict" });
    // The ledger knows of the five replicas, and would call them what git moved away from.
    expect(await classes(at, "plan --format json")).toEqual({ description: "intended", replicas: "intended" });
  });

  it("reads variables, cairn.yaml and files as the revision has them", async () => {
    const at = shop();
    at.edit("cairn.yaml", /$/, "vars: { replicas: 2 }\n");
    at.edit("manifests/web.yaml", "replicas: 2", 'replicas: "${var.replicas}"');
    at.edit("manifests/web.yaml", "description: first", "description: { $file: about.txt }");
    at.write("about.txt", "first");
    git(at, "init", "-q");
    commit(at);
    expect(await at.cairn("apply --yes")).toMatchObject({ code: 0 });
    at.edit("cairn.yaml", "replicas: 2", "replicas: 4");
    at.write("about.txt", "second");
    commit(at);
    expect(await classes(at, "plan --base HEAD~1 --format json")).toEqual({
      description: "intended",
      replicas: "intended",
    });
    expect(await classes(at, "plan --base HEAD --format json")).toEqual({ description: "drift", replicas: "drift" });
  });

  it("names the revision in the text and in the JSON", async () => {
    const at = await committed();
    expect((await at.cairn("plan --base main")).stdout).toMatch(/^Plan for shop, against main \([0-9a-f]{10}\)$/m);
    const { stdout } = await at.cairn("plan --base main --format json");
    expect((JSON.parse(stdout) as Planned).cairn.base).toEqual({
      ref: "main",
      commit: expect.stringMatching(/^[0-9a-f]{40}$/),
    });
  });

  it("plans a repair of broken manifests, and warns that the broken ones count as new", async () => {
    const at = await committed();
    const right = at.read("manifests/web.yaml");
    at.edit("manifests/web.yaml", "kind: App", "kind: Apq");
    commit(at);
    at.write("manifests/web.yaml", right);
    at.edit("manifests/web.yaml", "description: first", "description: second");
    const { code, stderr, stdout } = await at.cairn("plan --base main");
    expect(code).toBe(0);
    expect(stderr).toMatch(/warning\[E_READ\].*the manifests of main cannot all be loaded: manifests\/web.yaml:2/);
    expect(stdout).toContain("1 to update");
  });

  it("takes everything for new where the revision has no project yet", async () => {
    const at = shop();
    at.write("README", "empty");
    git(at, "init", "-q");
    git(at, "add", "README");
    git(at, "commit", "-q", "-m", "a commit");
    const { code, stderr } = await at.cairn("plan --base main");
    expect([code, stderr]).toEqual([0, expect.stringContaining("there is no cairn.yaml")]);
  });

  test.each(["nowhere", "main:manifests"])("refuses the unknown revision %s before any call", async (ref) => {
    const at = await committed();
    const before = at.emulator.calls().length;
    const { code, stderr } = await at.cairn(`plan --base=${ref}`);
    expect([code, at.emulator.calls().length]).toEqual([1, before]);
    expect(stderr).toContain(`error[E_READ]: cannot read the revision "${ref}"`);
    expect(stderr).toContain("help: name a commit, branch or tag");
  });

  it("saves a plan that apply takes, since classes are words and not deeds", async () => {
    const at = await committed();
    at.edit("manifests/web.yaml", "description: first", "description: second");
    expect((await at.cairn("plan --base main --out a.plan")).code).toBe(0);
    expect((await at.cairn("apply a.plan --yes")).code).toBe(0);
    expect((await at.cairn("plan --detailed-exitcode")).code).toBe(0);
  });
});
