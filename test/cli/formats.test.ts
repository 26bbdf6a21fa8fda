import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runCairn } from "./run-cairn.ts";
import { shop } from "./shop.ts";

type Line = { readonly type: string; readonly [key: string]: unknown };

function linesOf(text: string): readonly Line[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
}

function typesOf(text: string): readonly string[] {
  return linesOf(text).map(({ type }) => type);
}

const marks: Readonly<Record<string, RegExp>> = {
  markdown: /^<!-- cairn:shop(:drift)? -->\n### cairn (validate|plan|apply|drift) `shop`\n/,
  html: /^<!doctype html>[\s\S]*<\/html>\n$/,
  sarif: /^\{\n {2}"version": "2\.1\.0"/,
  github: /^(::(error|warning) file=[^\n]*\n)*$/,
  gitlab: /^\[[\s\S]*\]\n$/,
  junit: /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="cairn" /,
  ndjson: /^\{"type":"start",[\s\S]*\{"type":"exit","at":\d+,"code":\d\}\n$/,
};

describe("--format", () => {
  it.each(Object.entries(marks))("%s is all that stdout gets, whatever the outcome", async (format, mark) => {
    const project = shop();
    for (const line of ["validate", "plan", "drift", "apply --yes", "apply --yes", "drift"]) {
      const { stdout } = await project.cairn(`${line} --format ${format}`);
      expect(stdout, line).toMatch(mark);
    }
    project.edit("manifests/web.yaml", "bizCode: JST", "bizCode: SHOP");
    for (const line of ["validate", "plan"]) {
      const { stdout, code } = await project.cairn(`${line} --format ${format}`);
      expect(stdout, line).toMatch(mark);
      expect(stdout, line).toContain("bizCode");
      expect(code, line).toBe(1);
    }
  });

  it("writes as many files as are asked for beside what stdout shows", async () => {
    const project = shop();
    const words = ["markdown=a.md", "html=a.html", "sarif=a.sarif", "junit=a.xml", "ndjson=a.ndjson", "github=a.txt"];
    const { stdout } = await project.cairn(
      `plan ${words.map((word) => `--format ${word}`).join(" ")} --format gitlab=a.json`,
    );
    expect(stdout).toContain("Plan: 3 to create");
    expect(project.read("a.md")).toContain("| `+ create` | `App/web` | `manifests/web.yaml:1` |");
    expect(project.read("a.html")).toContain("App/web");
    expect(JSON.parse(project.read("a.sarif"))).toMatchObject({ runs: [{ results: [] }] });
    expect(project.read("a.xml")).toContain('tests="3" failures="0" errors="0"');
    expect(project.read("a.txt")).toBe("");
    expect(JSON.parse(project.read("a.json"))).toEqual([]);
    expect(typesOf(project.read("a.ndjson"))).toEqual(["start", "change", "change", "change", "plan", "exit"]);
  });

  it("says where the fault stands, as seen from where cairn was started", async () => {
    const project = shop();
    project.edit("manifests/web.yaml", "bizCode: JST", "bizCode: SHOP");
    const up = project.folder.slice(0, project.folder.lastIndexOf("/"));
    const name = project.folder.slice(up.length + 1);
    const { stdout } = await project.cairn(`validate -C ${name} --format github`, { cwd: up });
    expect(stdout).toMatch(
      new RegExp(`^::error file=${name}/manifests/web\\.yaml,line=5,col=12,title=cairn E_FIELD::App/web`),
    );
    const { stdout: here } = await project.cairn(`validate -C ${project.folder} --format github`, { cwd: "/var" });
    expect(here).toMatch(/^::error file=manifests\/web\.yaml,line=5,/);
  });

  it("tells guards at the manifest of what they protect, or at cairn.yaml", async () => {
    const project = shop();
    await project.cairn("apply --yes");
    project.edit("cairn.yaml", "pace:", "guards: { maxDeletes: 0 }\npace:");
    project.edit("manifests/web.yaml", /---\napiVersion: retailcloud\/v1\nkind: Environment[\s\S]*/, "");
    const { stdout, code } = await project.cairn("apply --yes --format github");
    expect(stdout).toBe(
      "::error file=cairn.yaml,line=1,title=cairn E_GUARD::1 object would be deleted, more than maxDeletes allows (0)%0A" +
        "help: look at the plan; if it is right, run again with --allow deletes=1\n",
    );
    expect(code).toBe(4);
  });

  it("tells drift at the line that declares what has drifted", async () => {
    const project = shop();
    await project.cairn("apply --yes");
    project.emulator.reset(
      JSON.parse(JSON.stringify(project.emulator.state()).replace('"Replicas":2', '"Replicas":9')),
    );
    const { stdout, code } = await project.cairn("drift --format github");
    expect(stdout).toMatch(
      /^::warning file=manifests\/web\.yaml,line=20,col=1,title=cairn drift::Environment\/web\/prod \(id \w+\): is not as it was last applied%0Areplicas {2}2 → 9\n$/,
    );
    expect(code).toBe(2);
    const junit = await project.cairn("drift --format junit");
    expect(junit.stdout).toContain('tests="3" failures="1" errors="0"');
    expect(junit.stdout).toContain('name="App/web"/>');
    const events = await project.cairn("drift --format ndjson");
    expect(linesOf(events.stdout).slice(1)).toMatchObject([
      { type: "drifted", status: "changed", object: { address: "Environment/web/prod" } },
      { type: "drift", drifted: true, errored: false, changed: 1, missing: 0, same: 2 },
      { type: "exit", code: 2 },
    ]);
    const page = await project.cairn("drift --format html");
    expect(page.stdout).toContain('data-action="changed"');
  });

  it("ndjson tells an apply step by step while it happens", async () => {
    const project = shop();
    const seen: string[] = [];
    const { stdout } = await project.cairn("apply --yes --format ndjson", { onStdout: (text) => seen.push(text) });
    const lines = linesOf(stdout);
    const steps = lines.filter(({ type }) => type === "started" || type === "done");
    expect(steps.map(({ type, key }) => `${type} ${key}`)).toEqual(
      ["App/web", "DeployConfig/web/online", "Environment/web/prod"].flatMap((one) => [
        `started create ${one}`,
        `done create ${one}`,
      ]),
    );
    expect(typesOf(stdout).slice(-3)).toEqual(["end", "outcome", "exit"]);
    expect(seen.length).toBe(lines.length);
    expect(lines.every(({ at }) => typeof at === "number")).toBe(true);
  });

  it("ndjson of an apply that a file refuses still applies, and says so at the end", async () => {
    const project = shop();
    const { code, stderr, stdout } = await project.cairn("apply --yes --format ndjson=no/where.ndjson");
    expect(stdout).toContain("Applied: 3 done.");
    expect(stderr.match(/error\[E_FILE\]/g)).toHaveLength(1);
    expect(code).toBe(3);
  });

  it("is refused where a command has no such format", async () => {
    const { stderr, code } = await shop().cairn("version --format markdown");
    expect(stderr).toBe("error[E_USAGE]: version has no format markdown\n  help: its formats are text, json\n");
    expect(code).toBe(1);
  });

  it("tells also a command line that is wrong", async () => {
    const broken = await runCairn(["paln", "--format", "github"]);
    expect(broken.stdout).toMatch(/^::error file=cairn\.yaml,line=1,title=cairn E_USAGE::unknown command/);
    expect((await runCairn(["paln", "--format=sarif"])).stdout).toContain('"E_USAGE"');
    expect((await runCairn(["paln", "--format", "svg"])).stdout).toBe("");
    const secret = ["--var", "password=hunter2", "plan", "--oops", "--format", "markdown"];
    expect((await runCairn(secret)).stdout).toMatch(/^<!-- cairn: -->\n### cairn plan\n/);
    expect((await runCairn(["password=hunter2", "--format", "html"])).stdout).toContain("<title>cairn</title>");
    expect(typesOf((await runCairn(["paln", "--format", "ndjson"])).stdout)).toEqual(["start", "diagnostic", "exit"]);
  });

  it("shows in Markdown and HTML what became of an apply", async () => {
    const project = shop();
    const { stdout } = await project.cairn("apply --yes --format markdown --format html=a.html");
    expect(stdout).toContain("**Applied: 3 done.**");
    expect(project.read("a.html")).toContain('<p class="verdict">Applied: 3 done.</p>');
  });
});

describe("graph", () => {
  it("draws the manifests offline, without credentials or a ledger", async () => {
    const project = shop();
    const offline = { env: {}, fetch: () => Promise.reject(new Error("no call is to be made")) };
    const { stdout, code, stderr } = await project.cairn("graph", offline);
    expect(stdout).toBe(
      [
        "graph LR",
        '  n1["App<br>web"]',
        '  n2["DeployConfig<br>web/online"]',
        '  n3["Environment<br>web/prod"]',
        "  n2 --> n1",
        "  n3 --> n1",
        "  n3 --> n2",
        "",
      ].join("\n"),
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect((await project.cairn("graph --format dot", offline)).stdout).toMatch(
      /^digraph cairn \{[\s\S]*n3 -> n2;\n\}\n$/,
    );
    expect((await project.cairn("graph --format svg", offline)).stdout).toMatch(
      /^<\?xml [\s\S]*<svg [\s\S]*web\/prod[\s\S]*<\/svg>\n$/,
    );
    expect(JSON.parse((await project.cairn("graph --format json", offline)).stdout)).toEqual({
      format_version: "1.0",
      project: "shop",
      nodes: [
        { address: "App/web", kind: "App", source: "manifests/web.yaml:1" },
        { address: "DeployConfig/web/online", kind: "DeployConfig", source: "manifests/web.yaml:12" },
        { address: "Environment/web/prod", kind: "Environment", source: "manifests/web.yaml:20" },
      ],
      edges: [
        { from: "DeployConfig/web/online", to: "App/web", via: ["app"] },
        { from: "Environment/web/prod", to: "App/web", via: ["app"] },
        { from: "Environment/web/prod", to: "DeployConfig/web/online", via: ["deployConfig"] },
      ],
    });
  });

  it("draws nothing of manifests with faults, and tells them", async () => {
    const project = shop();
    project.edit("manifests/web.yaml", "bizCode: JST", "bizCode: SHOP");
    const { stdout, stderr, code } = await project.cairn("graph --format dot=graph.dot");
    expect({ stdout, code }).toEqual({ stdout: "", code: 1 });
    expect(stderr).toContain("error[E_FIELD]");
    expect(existsSync(`${project.folder}/graph.dot`)).toBe(false);
    expect(JSON.parse((await project.cairn("graph --format json")).stdout)).toMatchObject({ errored: true });
  });

  it("wants a stack where there are stacks", async () => {
    const project = shop();
    project.edit("cairn.yaml", "pace:", "stacks: { dev: {}, prod: {} }\npace:");
    const { stderr, code } = await project.cairn("graph");
    expect(stderr).toContain("add --stack and one of dev, prod");
    expect(code).toBe(1);
    expect(JSON.parse((await project.cairn("graph --stack dev --format json")).stdout)).toMatchObject({ stack: "dev" });
    expect((await project.cairn("graph --stack none")).stderr).toContain("error[E_CONFIG]");
    expect((await project.cairn("graph --yes")).code).toBe(1);
  });
});
