import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, renameSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createFetch, type EmulatorFetch } from "../../src/emulator/fetch.ts";
import { to } from "./accept-cases.ts";
import { moveCloud } from "./second-hand.ts";
import { type Shop, shop } from "./shop.ts";

const file = "manifests/web.yaml";
const scaled = to("replicas: 2", "replicas: 7");

async function applied(edits: Readonly<Record<string, (text: string) => string>> = {}): Promise<Shop> {
  const at = shop();
  for (const [path, edit] of Object.entries(edits)) at.write(path, edit(path === file ? at.read(path) : ""));
  const ran = await at.cairn("apply --yes");
  expect([ran.code, ran.stderr]).toEqual([0, expect.not.stringContaining("error[")]);
  return at;
}

async function isClean(at: Shop): Promise<void> {
  const { code, stdout } = await at.cairn("plan --detailed-exitcode");
  expect([code, stdout]).toEqual([0, expect.stringContaining("No changes.")]);
}

describe("cairn accept writes", () => {
  it("nothing that git would show but the drifted value", async () => {
    const at = await applied();
    const git = (...args: string[]): string =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.c", ...args], {
        cwd: at.folder,
        encoding: "utf8",
      });
    git("init", "-q");
    git("add", "cairn.yaml", "manifests");
    git("commit", "-q", "-m", "a commit");
    await moveCloud(at, { [file]: scaled });
    expect((await at.cairn("accept Environment/**")).code).toBe(0);
    expect(git("diff", "--stat")).toContain("1 file changed, 1 insertion(+), 1 deletion(-)");
    expect(git("diff", "--word-diff=porcelain", "--unified=0")).toMatch(/^-2\n\+7$/m);
  });

  it.each([
    ["with carriage returns", (text: string) => text.replaceAll("\n", "\r\n")],
    ["with a byte order mark", (text: string) => `\uFEFF${text}`],
    ["without a last line break", (text: string) => text.replace(/\n$/, "")],
  ])("a file %s as it is", async (_, style) => {
    const at = await applied({ [file]: style });
    await moveCloud(at, { [file]: scaled });
    const before = at.read(file);
    expect((await at.cairn("accept --all")).code).toBe(0);
    expect(at.read(file)).toBe(scaled(before));
    await isClean(at);
  });

  it("the file with the mode that it has, and leaves no other behind", async () => {
    const at = await applied();
    chmodSync(join(at.folder, file), 0o664);
    await moveCloud(at, { [file]: scaled });
    expect((await at.cairn("accept --all")).code).toBe(0);
    expect(statSync(join(at.folder, file)).mode & 0o777).toBe(0o664);
    expect(execFileSync("ls", ["-A", "manifests"], { cwd: at.folder, encoding: "utf8" })).toBe("web.yaml\n");
  });

  it("into a Kubernetes object's own file, and into the text file of a field", async () => {
    const object =
      "# by the platform team\nkind: Deployment\napiVersion: apps/v1\nmetadata:\n  name: web # the name\nspec:\n  replicas: 1\n";
    const held = (text: string) =>
      to(
        "  codePath: /srv/app",
        "  codePath: /srv/app\n  deployment: { $file: k8s/web.yaml }",
      )(to("description: first", "description: { $file: about.txt }")(text));
    const at = await applied({ [file]: held, "k8s/web.yaml": () => object, "about.txt": () => "first\nedition" });
    const manifest = at.read(file);
    await moveCloud(at, { "k8s/web.yaml": to("replicas: 1", "replicas: 4"), "about.txt": to("first", "second") });
    const { code, stdout } = await at.cairn("accept --all");
    expect([code, at.read(file)]).toEqual([0, manifest]);
    expect(at.read("k8s/web.yaml")).toBe(to("replicas: 1", "replicas: 4")(object));
    expect(at.read("about.txt")).toBe("second\nedition");
    expect(stdout).toContain("in 2 files.");
    await isClean(at);
  });

  it("a Kubernetes object that is given as a text", async () => {
    const text =
      '  deployment: |\n    # a text\n    kind: Deployment\n    apiVersion: apps/v1\n    metadata: { name: "$${NAME}" }\n    spec:\n      replicas: 1\n';
    const at = await applied({ [file]: to("  codePath: /srv/app\n", text) });
    const before = at.read(file);
    await moveCloud(at, { [file]: to("replicas: 1", "replicas: 4") });
    expect((await at.cairn("accept --all")).code).toBe(0);
    expect(at.read(file)).toBe(to("replicas: 1", "replicas: 4")(before));
    await isClean(at);
  });

  it("the name of what a reference leads to now, and the id of what no manifest declares", async () => {
    const second = (name: string): string =>
      `---\napiVersion: retailcloud/v1\nkind: DeployConfig\nmetadata: { name: web/${name} }\nspec: { app: web, envType: online }\n`;
    const at = await applied({ [file]: (text) => `${text}${second("spare")}` });
    const before = at.read(file);
    const points = to("deployConfig: web/online", "deployConfig: web/spare");
    await moveCloud(at, { [file]: points });
    expect(await at.cairn("accept --all")).toMatchObject({ code: 0 });
    expect(at.read(file)).toBe(points(before));
    await isClean(at);
    expect((await at.cairn("apply --yes")).code).toBe(0);
    await moveCloud(at, {
      [file]: (text) => `${to("deployConfig: web/spare", "deployConfig: web/other")(text)}${second("other")}`,
    });
    expect(await at.cairn("accept --all")).toMatchObject({ code: 0 });
    expect(at.read(file)).toMatch(/deployConfig: \{ id: "\d+" \}/);
    await isClean(at);
  });

  it("what the next apply records: until then drift shows it, afterwards nothing", async () => {
    const at = await applied();
    await moveCloud(at, { [file]: scaled });
    const { stderr } = await at.cairn("accept --all");
    expect(stderr).toContain("the next apply records this; until then drift goes on to show it");
    expect((await at.cairn("drift")).code).toBe(2);
    const before = at.emulator.calls().length;
    expect((await at.cairn("apply --yes")).code).toBe(0);
    expect(
      at.emulator
        .calls()
        .slice(before)
        .filter(({ action }) => !/^(List|Describe)/.test(action)),
    ).toEqual([]);
    expect((await at.cairn("drift")).code).toBe(0);
    expect((await at.cairn("accept --all")).stdout).toBe("Drift of shop accepted\n\nNothing to accept.\n");
  });

  it("once what a file holds for two", async () => {
    const twice = (text: string): string =>
      to("description: first", "description: { $file: about.txt }\n  bizTitle: { $file: about.txt }")(text);
    const at = await applied({ [file]: twice, "about.txt": () => "first" });
    await moveCloud(at, { "about.txt": to("first", "second") });
    expect((await at.cairn("accept --all")).code).toBe(0);
    expect(at.read("about.txt")).toBe("second");
    await isClean(at);
  });
});

describe("cairn accept writes nothing", () => {
  it("where a file that two fields share drifted for one of them alone, and says what else would change", async () => {
    const twice = to("description: first", "description: { $file: about.txt }\n  bizTitle: { $file: about.txt }");
    const at = await applied({ [file]: twice, "about.txt": () => "first" });
    await moveCloud(at, { [file]: to("bizTitle: { $file: about.txt }", "bizTitle: second") });
    const { code, stderr } = await at.cairn("accept --all");
    expect([code, at.read("about.txt")]).toEqual([1, "first"]);
    expect(stderr).toContain("App/web bizTitle: cannot be written: App/web description would change as well");
  });

  it("over manifests that somebody has changed meanwhile; a mere comment stays", async () => {
    const at = await applied();
    await moveCloud(at, { [file]: scaled });
    const noted = `${at.read(file)}# a note\n`;
    expect((await at.cairn("accept --all", { fetch: writing(at, noted) })).code).toBe(0);
    expect(at.read(file)).toBe(scaled(noted));
    at.write(file, noted);
    const other = to("first", "second")(noted);
    const { code, stderr } = await at.cairn("accept --all", { fetch: writing(at, other) });
    expect([code, at.read(file)]).toEqual([1, other]);
    expect(stderr).toContain("error[E_ACCEPT]: the manifests have changed since they were read; nothing was written");
  });

  it("over a file that is reached through a link, or may not be written", async () => {
    const at = await applied();
    await moveCloud(at, { [file]: scaled });
    mkdirSync(join(at.folder, "common"));
    renameSync(join(at.folder, file), join(at.folder, "common/web.yaml"));
    symlinkSync("../common/web.yaml", join(at.folder, file));
    const { code, stderr } = await at.cairn("accept --all");
    expect([code, at.read(file).includes("replicas: 2")]).toEqual([1, true]);
    expect(stderr).toContain("error[E_ACCEPT] manifests/web.yaml: nothing was written: it is reached through a link");
  });
});

/** The emulator behind a call during which somebody saves the manifest. */
function writing(at: Shop, text: string): EmulatorFetch {
  const call = createFetch(at.emulator.handle);
  return (url, init) => {
    at.write(file, text);
    return call(url, init);
  };
}
