import { execFileSync } from "node:child_process";
import { describe, expect, it, test } from "vitest";
import { runCairn } from "./run-cairn.ts";
import { type Shop, shop } from "./shop.ts";

/** What is offered for the last of the words, which is the one begun. */
async function offered(at: Pick<Shop, "folder">, ...words: string[]): Promise<readonly string[]> {
  const { code, stdout, stderr } = await runCairn(["complete", "--", ...words], { cwd: at.folder });
  expect([code, stderr]).toEqual([0, ""]);
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t")[0] ?? "");
}

const noFiles = ":4";
const files = ":0";

describe("cairn complete", () => {
  test.each<[string, string[], string[]]>([
    ["a command", ["pl"], ["plan", noFiles]],
    ["a command of a group", ["ledger", "f"], ["forget", noFiles]],
    ["an option", ["plan", "--out"], ["--out", noFiles]],
    ["a common option", ["apply", "--lock"], ["--lock-timeout", noFiles]],
    ["no option that a command does not take", ["emulator", "--lock"], [noFiles]],
    ["addresses", ["plan", "--target", "App/"], ["App/web", noFiles]],
    ["addresses behind =", ["plan", "--target=Env"], ["Environment/web/prod", noFiles]],
    ["an address as an argument", ["ledger", "show", "D"], ["DeployConfig/web/online", noFiles]],
    ["addresses, one after the other", ["accept", "App/web", "Env"], ["Environment/web/prod", noFiles]],
    ["kinds", ["explain", "Clu"], ["Cluster", noFiles]],
    [
      "fields",
      ["explain", "Service.portMappings.p"],
      ["Service.portMappings.port", "Service.portMappings.protocol", noFiles],
    ],
    ["the formats of a command", ["graph", "--format", "m"], ["mermaid", noFiles]],
    ["levels", ["plan", "--log-level", "d"], ["debug", noFiles]],
    ["shells", ["completion", "f"], ["fish", noFiles]],
    ["calls of the vendors", ["api", "DescribeAppEnvironmentD"], ["DescribeAppEnvironmentDetail", noFiles]],
    ["files for a saved plan", ["apply", ""], [files]],
    ["files for --out", ["plan", "--out", ""], [files]],
    ["nothing for a number", ["plan", "--parallelism", ""], [noFiles]],
  ])("offers %s", async (name, words, expected) => {
    const found = await offered(shop(), ...words);
    if (name === "kinds") expect(found).toEqual(expect.arrayContaining(["Cluster", "ClusterNode.instanceId", noFiles]));
    else expect(found).toEqual(expected);
  });

  it("heeds the project folder and the stack that the words choose", async () => {
    const at = shop();
    at.edit("cairn.yaml", /$/, "stacks: { dev: { manifests: [dev/*.yaml] }, prod: {} }\n");
    at.write("dev/a.yaml", at.read("manifests/web.yaml").replaceAll("web", "trial"));
    const elsewhere = { folder: "/" };
    expect(await offered(elsewhere, "-C", at.folder, "plan", "--stack", "")).toEqual(["dev", "prod", noFiles]);
    expect(await offered(elsewhere, "-C", at.folder, "--stack", "prod", "plan", "--target", "App")).toEqual([
      "App/web",
      noFiles,
    ]);
    expect(await offered(elsewhere, "-C", at.folder, "plan", "--stack=dev", "--target", "App")).toEqual([
      "App/trial",
      noFiles,
    ]);
    expect(await offered(elsewhere, "plan", "--target", "")).toEqual([noFiles]);
  });

  it("offers what can be read of manifests with faults, and calls nobody", async () => {
    const at = shop();
    at.edit("manifests/web.yaml", "language: Java", "language: Jva");
    expect(await offered(at, "plan", "--target", "E")).toEqual(["Environment/web/prod", noFiles]);
    expect(at.emulator.calls()).toEqual([]);
  });
});

describe("cairn completion", () => {
  test.each(["bash", "zsh", "fish"])("prints a script for %s that asks cairn", async (shell) => {
    const { code, stdout } = await runCairn(["completion", shell]);
    expect(code).toBe(0);
    expect(stdout).toContain("cairn complete --");
  });

  it("prints bash's script in bash's own grammar", async () => {
    const { stdout } = await runCairn(["completion", "bash"]);
    expect(() => execFileSync("bash", ["-n"], { input: stdout, stdio: "pipe" })).not.toThrow();
  });

  it("suggests the shell that was meant", async () => {
    const { code, stderr } = await runCairn(["completion", "fis"]);
    expect([code, stderr]).toEqual([
      1,
      'error[E_USAGE]: there is no completion for "fis"\n  help: did you mean "fish"?\n',
    ]);
  });
});
